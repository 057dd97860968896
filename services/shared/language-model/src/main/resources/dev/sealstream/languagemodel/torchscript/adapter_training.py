# Gradients of K adapters at once on one frozen model, by hand.
#
# Written out instead of left to automatic differentiation for three reasons: frozen matrices need no gradient and may use
# products that have none, what is kept for the way back is chosen here, and gradients land where the optimizer wants them.
# Tests compare it with central differences in float64.
#
# tokens:  a flat stream of N = K · n tokens, adapter by adapter, the last of a block maybe fillers (at most a few percent).
#          Matrix products read the stream as it is, so there is no row to pad.
# buckets: attention alone needs sequences as rows. Sequences of about the same length form a bucket (b, T) of indices into
#          the stream; a shorter one repeats its last token, which no other token of it sees. places (N) leads back: the index
#          into the buckets' tokens, one after another, or one past their end for a filler.
# parameters: (K, P); per layer and module A (r, in), then B (out, r), in the order of the fused matrices.
# modules: per layer and module [rank, in, out]; rank 0 for a module that is not targeted.
# weights, shape: as in transformer.py


def factors(parameters: Tensor, modules: List[int], scales: List[float], scaled: bool) -> List[Tensor]:
  # A (K, r, in) and B (K, out, r) of each layer and module as views on the parameters; scaled: B times its scale, a copy
  k = parameters.size(0)
  result = annotate(List[Tensor], [])
  start = 0
  for m in range(len(scales)):
    r = modules[3 * m]
    a = parameters.narrow(1, start, r * modules[3 * m + 1])
    start = start + r * modules[3 * m + 1]
    b = parameters.narrow(1, start, r * modules[3 * m + 2])
    start = start + r * modules[3 * m + 2]
    if r > 0:
      a = a.view([k, r, -1])
      b = b.view([k, -1, r])
      if scaled:
        b = b * scales[m]
    result.append(a)
    result.append(b)
  return result


def adapted(x: Tensor, w: Tensor, bias: Tensor, lora: List[Tensor], first: int, widths: List[int], saved: List[Tensor]) -> List[Tensor]:
  # x (N, in) through the modules stacked in w, each with its adapter -> (N, width) of each; saves x Aᵀ (K, n, r) of each
  y = __torch__.transformer.product(x, w, bias, False)
  parts = annotate(List[Tensor], [])
  start = 0
  for j in range(len(widths)):
    part = y.narrow(1, start, widths[j])
    a = lora[first + 2 * j]
    low = a
    if a.numel() > 0:
      k = a.size(0)
      low = torch.bmm(x.view([k, -1, x.size(1)]), a.transpose(1, 2))
      part = torch.baddbmm(part.view([k, -1, widths[j]]), low, lora[first + 2 * j + 1].transpose(1, 2)).view([-1, widths[j]])
    saved.append(low)
    parts.append(part)
    start = start + widths[j]
  return parts


def adapted_backward(dy: List[Tensor], x: Tensor, w: Tensor, lora: List[Tensor], first: int, saved: List[Tensor], at: int, gradient: List[Tensor], wanted: bool) -> Tensor:
  # dy: (N, width) of each module -> dx (N, in) if wanted; gradients of A and B (the latter before scaling) are added up
  dx = x
  if wanted:
    joined = dy[0]
    if len(dy) > 1:
      joined = torch.cat(dy, 1)
    dx = __torch__.transformer.product(joined, w.t(), w.narrow(0, 0, 0).reshape([0]), False)  # (N, in)
  for j in range(len(dy)):
    a = lora[first + 2 * j]
    if a.numel() > 0:
      k = a.size(0)
      d = dy[j].view([k, -1, dy[j].size(1)])
      wide = x.view([k, -1, x.size(1)])
      dlow = torch.bmm(d, lora[first + 2 * j + 1])  # (K, n, r)
      gradient[first + 2 * j].add_(torch.bmm(dlow.transpose(1, 2), wide))
      gradient[first + 2 * j + 1].add_(torch.bmm(d.transpose(1, 2), saved[at + j]))
      if wanted:
        dx.view([k, -1, x.size(1)]).baddbmm_(dlow, a)
  return dx


def norm_backward(dy: Tensor, x: Tensor, weight: Tensor, epsilon: float, layer_norm: int) -> Tensor:
  # dy, x (.., D) -> dx, of the type of x
  g = torch.to(dy, x.dtype) * weight
  if layer_norm == 1:
    centred = x - torch.mean(x, [-1], True)
    r = torch.rsqrt(torch.mean(torch.square(centred), [-1], True) + epsilon)
    normal = centred * r
    along = torch.mean(g * normal, [-1], True)
    dx = (g - torch.mean(g, [-1], True)).addcmul_(normal, along, value=-1).mul_(r)
  else:
    r = torch.rsqrt(torch.mean(torch.square(x), [-1], True) + epsilon)
    along = torch.mean(g * x, [-1], True) * torch.pow(r, 3)
    dx = g.mul_(r).addcmul_(x, along, value=-1)
  return dx


def heads_to_rows(x: Tensor, bucket: Tensor, groups: int, h: int) -> Tensor:
  # x (N, heads·h), bucket (b, T) -> (b·G, heads/G·T, h)
  b = bucket.size(0)
  t = bucket.size(1)
  y = torch.index_select(x, 0, bucket.view([-1])).view([b, t, groups, -1, h])
  return y.permute([0, 2, 3, 1, 4]).reshape([b * groups, -1, h])


def rows_to_heads(x: Tensor, bucket: Tensor, groups: int, h: int) -> Tensor:
  # (b·G, heads/G·T, h) -> (b·T, heads·h)
  b = bucket.size(0)
  t = bucket.size(1)
  return x.view([b, groups, -1, t, h]).permute([0, 3, 1, 2, 4]).reshape([b * t, -1])


def to_stream(parts: List[Tensor], places: Tensor) -> Tensor:
  # tokens of all buckets -> (N, C); fillers become zero
  zero = torch.zeros_like(parts[0].narrow(0, 0, 1))
  return torch.index_select(torch.cat(parts + [zero]), 0, places)


def oriented(x: Tensor, weight: Tensor, h: int, cos: Tensor, sin: Tensor, epsilon: float) -> Tensor:
  # x (N, heads·h) -> normed per head where the model does that, and rotated where it has rotary positions
  y = x.view([x.size(0), -1, h])
  if weight.numel() > 0:
    y = __torch__.transformer.head_norm(y, weight, epsilon)
  if cos.numel() > 0:
    y = __torch__.transformer.rotate(y, cos, sin)
  return y.view(x.size())


def oriented_backward(dy: Tensor, x: Tensor, weight: Tensor, h: int, cos: Tensor, sin: Tensor, epsilon: float) -> Tensor:
  d = dy.view([dy.size(0), -1, h])
  if cos.numel() > 0:
    d = __torch__.transformer.rotate(d, cos, -sin)  # the inverse rotation
  if weight.numel() > 0:
    wide = torch.to(x.view(d.size()), weight.dtype)
    d = torch.to(__torch__.adapter_training.norm_backward(d, wide, weight, epsilon, 0), dy.dtype)
  return d.reshape(dy.size())


def layer_forward(x: Tensor, weights: List[Tensor], w: int, lora: List[Tensor], a: int, shape: List[int], epsilon: float, cos: Tensor, sin: Tensor, buckets: List[Tensor], masks: List[Tensor], places: Tensor, saved: List[Tensor]) -> Tensor:
  # one block: x (N, D) -> (N, D). saved: x, attention output, x after attention, up, q and k before norm and rotation,
  # then x Aᵀ of each module, then q, k, v, probabilities of each bucket
  groups = shape[2]
  h = shape[3]
  dtype = weights[w + 2].dtype
  lows = annotate(List[Tensor], [])
  attention = annotate(List[Tensor], [])
  y = torch.to(__torch__.transformer.norm(x, weights[w], weights[w + 1], epsilon, shape[4]), dtype)
  widths = __torch__.transformer.qkv_widths(shape)
  qkv = __torch__.adapter_training.adapted(y, weights[w + 2], weights[w + 3], lora, a, widths, lows)
  a = a + 2 * len(widths)
  if len(qkv) == 1:
    qkv = torch.split(qkv[0], shape[1] * h, 1)
  q = __torch__.adapter_training.oriented(qkv[0], weights[w + 4], h, cos, sin, epsilon) * h ** -0.5
  k = __torch__.adapter_training.oriented(qkv[1], weights[w + 5], h, cos, sin, epsilon)
  outputs = annotate(List[Tensor], [])
  for i in range(len(buckets)):
    qb = __torch__.adapter_training.heads_to_rows(q, buckets[i], groups, h)
    kb = __torch__.adapter_training.heads_to_rows(k, buckets[i], groups, h)
    vb = __torch__.adapter_training.heads_to_rows(qkv[2], buckets[i], groups, h)
    t = kb.size(1)
    scores = torch.bmm(qb, kb.transpose(1, 2))  # (b·G, H/G·T, T)
    scores.view([-1, t, t]).add_(masks[i])
    p = torch.softmax(scores, -1)
    attention.extend([qb, kb, vb, p])
    outputs.append(__torch__.adapter_training.rows_to_heads(torch.bmm(p, vb), buckets[i], groups, h))
  o = __torch__.adapter_training.to_stream(outputs, places)
  middle = x + __torch__.adapter_training.adapted(o, weights[w + 6], weights[w + 7], lora, a, [x.size(1)], lows)[0]
  y = torch.to(__torch__.transformer.norm(middle, weights[w + 8], weights[w + 9], epsilon, shape[4]), dtype)
  up = __torch__.adapter_training.adapted(y, weights[w + 10], weights[w + 11], lora, a + 2, __torch__.transformer.up_widths(weights[w + 10], shape), lows)
  y = __torch__.adapter_training.activated(up)
  y = __torch__.adapter_training.adapted(y, weights[w + 12], weights[w + 13], lora, a + 2 + 2 * len(up), [x.size(1)], lows)[0]
  saved.extend([x, o, middle])
  saved.extend(qkv)
  saved.extend(up)
  saved.extend(lows)
  saved.extend(attention)
  return middle + y


def activated(up: List[Tensor]) -> Tensor:
  # as transformer.activated, of gate and up apart
  if len(up) == 2:
    y = torch.silu(up[0]).mul_(up[1])
  else:
    y = torch.gelu(up[0], approximate="tanh")
  return y


def activated_backward(dy: Tensor, up: List[Tensor]) -> List[Tensor]:
  if len(up) == 2:
    d = [torch.silu_backward(dy * up[1], up[0]), torch.silu(up[0]).mul_(dy)]
  else:
    d = [torch.gelu_backward(dy, up[0], approximate="tanh")]
  return d


def layer_backward(dx: Tensor, saved: List[Tensor], weights: List[Tensor], w: int, lora: List[Tensor], a: int, shape: List[int], epsilon: float, cos: Tensor, sin: Tensor, buckets: List[Tensor], repeated: Tensor, places: Tensor, gradient: List[Tensor]) -> Tensor:
  # dx (N, D), changed in place, -> gradient with respect to the block's input
  groups = shape[2]
  h = shape[3]
  dtype = weights[w + 2].dtype
  x = saved[0]
  o = saved[1]
  middle = saved[2]
  qkv = saved[3:6]
  ups = 1 + shape[5]
  up = saved[6:6 + ups]
  n_qkv = len(__torch__.transformer.qkv_widths(shape))
  lows = saved[6 + ups:8 + 2 * ups + n_qkv]
  attention = saved[8 + 2 * ups + n_qkv:]

  down_at = a + 2 * n_qkv + 2 + 2 * ups
  y = __torch__.adapter_training.activated(up)
  dy = __torch__.adapter_training.adapted_backward([torch.to(dx, dtype)], y, weights[w + 12], lora, down_at, lows, n_qkv + 1 + ups, gradient, True)
  dup = __torch__.adapter_training.activated_backward(dy, up)
  y = torch.to(__torch__.transformer.norm(middle, weights[w + 8], weights[w + 9], epsilon, shape[4]), dtype)
  dy = __torch__.adapter_training.adapted_backward(dup, y, weights[w + 10], lora, a + 2 * n_qkv + 2, lows, n_qkv + 1, gradient, True)
  dx.add_(__torch__.adapter_training.norm_backward(dy, middle, weights[w + 8], epsilon, shape[4]))

  do = __torch__.adapter_training.adapted_backward([torch.to(dx, dtype)], o, weights[w + 6], lora, a + 2 * n_qkv, lows, n_qkv, gradient, True)
  dqs = annotate(List[Tensor], [])
  dks = annotate(List[Tensor], [])
  dvs = annotate(List[Tensor], [])
  start = 0
  for i in range(len(buckets)):
    qb = attention[4 * i]
    kb = attention[4 * i + 1]
    vb = attention[4 * i + 2]
    p = attention[4 * i + 3]
    size = buckets[i].numel()
    d = torch.index_select(do, 0, buckets[i].view([-1])).masked_fill_(repeated.narrow(0, start, size), 0.)
    d = d.view([buckets[i].size(0), buckets[i].size(1), groups, -1, h]).permute([0, 2, 3, 1, 4]).reshape([kb.size(0), -1, h])
    dvs.append(__torch__.adapter_training.rows_to_heads(torch.bmm(p.transpose(1, 2), d), buckets[i], groups, h))
    ds = torch._softmax_backward_data(torch.bmm(d, vb.transpose(1, 2)), p, -1, p.dtype)
    dqs.append(__torch__.adapter_training.rows_to_heads(torch.bmm(ds, kb), buckets[i], groups, h))
    dks.append(__torch__.adapter_training.rows_to_heads(torch.bmm(ds.transpose(1, 2), qb), buckets[i], groups, h))
    start = start + size
  dq = __torch__.adapter_training.to_stream(dqs, places).mul_(h ** -0.5)
  dq = __torch__.adapter_training.oriented_backward(dq, qkv[0], weights[w + 4], h, cos, sin, epsilon)
  dk = __torch__.adapter_training.to_stream(dks, places)
  dk = __torch__.adapter_training.oriented_backward(dk, qkv[1], weights[w + 5], h, cos, sin, epsilon)
  d = [dq, dk, __torch__.adapter_training.to_stream(dvs, places)]
  if n_qkv == 1:
    d = [torch.cat(d, 1)]
  y = torch.to(__torch__.transformer.norm(x, weights[w], weights[w + 1], epsilon, shape[4]), dtype)
  # below the first block there is nothing to learn
  wanted = a > 0
  dy = __torch__.adapter_training.adapted_backward(d, y, weights[w + 2], lora, a, lows, 0, gradient, wanted)
  if wanted:
    dx.add_(__torch__.adapter_training.norm_backward(dy, x, weights[w], epsilon, shape[4]))
  return dx


def head_gradient(weights: List[Tensor], shape: List[int], epsilon: float, x: Tensor, untouched: Tensor, targets: Tensor, token_weights: Tensor, losses: Tensor) -> Tensor:
  # x (N, D) after the last block, targets (3, M): position that predicts, token predicted, adapter; token_weights (2, M):
  # share of the adapter's loss, share of the objective. Adds to losses (K) and returns dx (N, D).
  # untouched: (N, D) of the model without adapters, whose predictions are then the targets in place of the tokens, by the
  # Kullback-Leibler divergence from them; empty: learn the tokens.
  w = weights[3]
  if w.numel() == 0:
    w = weights[0]
  none = weights[2].narrow(0, 0, 0)
  dx = torch.zeros_like(x)
  m = targets.size(1)
  rows = max(1, 33554432 // w.size(0))  # 2^25 logits at a time bound the memory
  if untouched.numel() > 0:
    rows = max(1, rows // 2)  # those of two models
  start = 0
  while start < m:
    n = min(rows, m - start)
    own = targets.narrow(1, start, n)
    weight = token_weights.narrow(1, start, n)
    last = torch.index_select(x, 0, own[0])  # (n, D)
    y = torch.to(__torch__.transformer.norm(last, weights[1], weights[2], epsilon, shape[4]), w.dtype)
    p = torch.to(__torch__.transformer.product(y, w, none, False), x.dtype)
    objective = weight[1].unsqueeze(1)
    if untouched.numel() > 0:
      y = torch.to(__torch__.transformer.norm(torch.index_select(untouched, 0, own[0]), weights[1], weights[2], epsilon, shape[4]), w.dtype)
      q = torch.log_softmax(torch.to(__torch__.transformer.product(y, w, none, False), x.dtype), -1)
      p = torch.log_softmax(p, -1)
      away = q - p
      q.exp_()
      losses.index_add_(0, own[2], torch.sum(away.mul_(q), [-1]).mul_(weight[0]))
      p.exp_().sub_(q).mul_(objective)
    else:
      # softmax and cross entropy in place: a second copy of the logits would cost more than the product
      p.sub_(torch.amax(p, [-1], True))
      token = own[1].unsqueeze(1)
      chosen = torch.gather(p, 1, token)
      p.exp_()
      total = torch.sum(p, [-1], True)
      losses.index_add_(0, own[2], (torch.log(total) - chosen).squeeze(1).mul_(weight[0]))
      p.mul_(objective / total)
      p.scatter_add_(1, token, -objective)
    dy = __torch__.transformer.product(torch.to(p, w.dtype), w.t(), none, False)
    dx.index_copy_(0, own[0], __torch__.adapter_training.norm_backward(dy, last, weights[1], epsilon, shape[4]))
    start = start + n
  return dx


def add_gradient(weights: List[Tensor], parameters: Tensor, gradient: Tensor, losses: Tensor, shape: List[int], modules: List[int], scales: List[float], epsilon: float, recompute: bool, imitate: bool, stream: Tensor, buckets: List[Tensor], places: Tensor, targets: Tensor, token_weights: Tensor) -> NoneType:
  # stream (2, N): ids, positions. Adds to gradient (K, P) and losses (K). recompute keeps only each block's input on the way
  # forward and computes the rest again on the way back (Chen et al. 2016): more work, far less memory. imitate: learn what
  # the model without adapters predicts instead of the tokens.
  dtype = weights[8].dtype
  lora = __torch__.adapter_training.factors(torch.to(parameters, dtype), modules, scales, True)
  sums = __torch__.adapter_training.factors(gradient, modules, scales, False)
  cos = weights[4]
  sin = weights[4]
  if weights[4].numel() > 0:
    cos, sin = __torch__.transformer.rotations(stream[1], weights[4])
    cos = torch.to(cos, dtype)
    sin = torch.to(sin, dtype)
  masks = annotate(List[Tensor], [])
  size = 0
  for bucket in buckets:
    size = size + bucket.numel()
    columns = torch.arange(bucket.size(1), dtype=4, layout=None, device=bucket.device)
    masks.append(torch.to(__torch__.transformer.causal_mask(columns.unsqueeze(1), columns, shape[6], weights[1]), dtype))
  # a repeated last token has no place in the stream, so nothing may flow back through it
  repeated = torch.ones([size + 1, 1], dtype=11, layout=None, device=places.device)
  repeated.index_fill_(0, places, 0)
  per_layer = 2 * len(scales) // shape[0]
  x = __torch__.transformer.embedded(weights, stream[0], stream[1])
  untouched = x.narrow(0, 0, 0)
  if imitate:
    bare = annotate(List[Tensor], [])
    for a in lora:
      bare.append(a.narrow(0, 0, 0))
    untouched = x
    for layer in range(shape[0]):
      saved = annotate(List[Tensor], [])
      untouched = __torch__.adapter_training.layer_forward(untouched, weights, 6 + layer * 14, bare, layer * per_layer, shape, epsilon, cos, sin, buckets, masks, places, saved)
  kept = annotate(List[List[Tensor]], [])
  for layer in range(shape[0]):
    saved = annotate(List[Tensor], [])
    y = __torch__.adapter_training.layer_forward(x, weights, 6 + layer * 14, lora, layer * per_layer, shape, epsilon, cos, sin, buckets, masks, places, saved)
    if recompute:
      saved = [x]
    kept.append(saved)
    x = y
  dx = __torch__.adapter_training.head_gradient(weights, shape, epsilon, x, untouched, targets, token_weights, losses)
  for i in range(shape[0]):
    layer = shape[0] - 1 - i
    saved = kept.pop()
    if recompute:
      x = saved[0]
      saved = annotate(List[Tensor], [])
      __torch__.adapter_training.layer_forward(x, weights, 6 + layer * 14, lora, layer * per_layer, shape, epsilon, cos, sin, buckets, masks, places, saved)
    dx = __torch__.adapter_training.layer_backward(dx, saved, weights, 6 + layer * 14, lora, layer * per_layer, shape, epsilon, cos, sin, buckets, repeated, places, sums)
  return None


def scale_gradient(gradient: Tensor, modules: List[int], scales: List[float]) -> NoneType:
  # the scale that B carried on the way, once for all chunks
  sums = __torch__.adapter_training.factors(gradient, modules, scales, False)
  for m in range(len(scales)):
    sums[2 * m + 1].mul_(scales[m])
  return None


def add_penalties(parameters: Tensor, gradient: Tensor, losses: Tensor, modules: List[int], scales: List[float], l2: float, overlap: float, earlier: List[Tensor]) -> NoneType:
  # l2 · ‖scale · B A‖² summed over modules, and overlap · ‖A Eᵀ‖² with the rows E (R, in) that earlier adapters read, of each
  # module (O-LoRA, Wang et al. 2023, equation 8); an empty E has none. Adds to gradient (K, P) and losses (K).
  parts = __torch__.adapter_training.factors(parameters, modules, scales, False)
  sums = __torch__.adapter_training.factors(gradient, modules, scales, False)
  for m in range(len(scales)):
    a = parts[2 * m]
    if a.numel() > 0:
      b = parts[2 * m + 1]
      if l2 > 0.:
        share = l2 * scales[m] * scales[m]
        outer = torch.bmm(a, a.transpose(1, 2))  # (K, r, r)
        inner = torch.bmm(b.transpose(1, 2), b)
        losses.add_(torch.sum(outer * inner, [1, 2]), alpha=share)
        sums[2 * m].add_(torch.bmm(inner, a), alpha=2. * share)
        sums[2 * m + 1].add_(torch.bmm(b, outer), alpha=2. * share)
      if overlap > 0. and earlier[m].numel() > 0:
        seen = torch.matmul(a, earlier[m].t())  # (K, r, R)
        losses.add_(torch.sum(torch.square(seen), [1, 2]), alpha=overlap)
        sums[2 * m].add_(torch.matmul(seen, earlier[m]), alpha=2. * overlap)
  return None


def adam(parameters: Tensor, first: Tensor, second: Tensor, gradient: Tensor, rates: Tensor, beta1: float, beta2: float, decay: float, step: int) -> NoneType:
  # AdamW (Loshchilov and Hutter 2019) with a learning rate for each adapter, rates (K, 1); a rate of 0 leaves it as it is
  c1 = 1. - beta1 ** step
  c2 = 1. - beta2 ** step
  first.mul_(beta1).add_(gradient, alpha=1. - beta1)
  second.mul_(beta2).addcmul_(gradient, gradient, value=1. - beta2)
  update = (first / c1).div_((second / c2).sqrt_().add_(1.0e-08))
  if decay > 0.:
    update.add_(parameters, alpha=decay)
  parameters.addcmul_(rates, update, value=-1.)
  return None
