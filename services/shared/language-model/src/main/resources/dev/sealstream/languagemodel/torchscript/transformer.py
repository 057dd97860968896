# The forward pass of a decoder-only transformer (Llama and Qwen2 families), frozen or trained.
#
# This is TorchScript, run by libtorch inside the JVM; there is no Python in this project. Java owns every tensor.
#
# Shapes: B rows, T tokens in a row, S cached tokens, D width, H query heads, G key/value heads, h head dimension,
#         F feed-forward width, V vocabulary, K adapters, r rank.
#
# weights: embedding (V, D), final norm (D), head (V, D) or empty when tied, inverse frequencies (h/2), then per layer
#          input norm (D), qkv (H·h + 2·G·h, D), qkv bias or empty, o (D, H·h), post norm (D), gate_up (2·F, D), down (D, F).
# adapters: empty, or per layer A (K, r, in) and B (K, out, r) of q, k, v, o, gate, up, down; both empty where a module is
#          not targeted. Rows of a batch are grouped by adapter: B = K · n.
# shape:   [layers, H, G, h]


def product(x: Tensor, w: Tensor, bias: Tensor, mixed: bool) -> Tensor:
  # x (.., in), w (out, in) -> (.., out); mixed: operands rounded to bfloat16, which is also the result's type
  b: Optional[Tensor] = None
  if torch.gt(bias.numel(), 0):
    b = bias
    if mixed:
      b = torch.to(bias, 15)
  if mixed:
    x = torch.to(x, 15)
    w = torch.to(w, 15)
  return torch.linear(x, w, b)


def project(x: Tensor, w: Tensor, adapters: List[Tensor], index: int, scale: float, mixed: bool, none: Tensor) -> Tensor:
  # y = x Wᵀ + scale · (x Aᵀ) Bᵀ, each group of rows with its own A and B (Hu et al. 2021, section 4.1)
  y = __torch__.transformer.product(x, w, none, mixed)
  if torch.gt(len(adapters), 0):
    y = __torch__.transformer.add_low_rank(y, x, adapters[index], adapters[torch.add(index, 1)], scale)
  return y


def add_low_rank(y: Tensor, x: Tensor, a: Tensor, b: Tensor, scale: float) -> Tensor:
  # y (B, T, out), x (B, T, in), a (K, r, in), b (K, out, r)
  if torch.gt(a.numel(), 0):
    k = a.size(0)
    low = torch.bmm(x.reshape([k, -1, x.size(2)]), torch.to(a, x.dtype).transpose(1, 2))  # (K, n·T, r)
    wide = torch.to(y, x.dtype).reshape([k, -1, y.size(2)])
    y = torch.baddbmm(wide, low, torch.to(b, x.dtype).transpose(1, 2), beta=1, alpha=scale).view([x.size(0), x.size(1), -1])
  return y


def rotations(positions: Tensor, frequencies: Tensor) -> Tuple[Tensor, Tensor]:
  # positions (B, T), frequencies (h/2) -> cos and signed sin (B, T, 1, h); rotate-half layout of Hugging Face's Llama
  angle = torch.mul(torch.to(positions, frequencies.dtype).unsqueeze(-1), frequencies)
  c = torch.cos(angle)
  s = torch.sin(angle)
  return (torch.cat([c, c], -1).unsqueeze(2), torch.cat([torch.neg(s), s], -1).unsqueeze(2))


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
  # x (B, T, heads, h)
  return torch.addcmul(torch.mul(x, cos), torch.roll(x, [torch.floordiv(x.size(3), 2)], [-1]), sin)


def norm(x: Tensor, weight: Tensor, epsilon: float) -> Tensor:
  return torch.mul(torch.mul(x, torch.rsqrt(torch.add(torch.mean(torch.square(x), [-1], True), epsilon))), weight)


def layer_input(x: Tensor, weight: Tensor, epsilon: float, mixed: bool) -> Tensor:
  # normed; in bfloat16 when mixed, so that all up to the next addition to the float32 stream is
  y = __torch__.transformer.norm(x, weight, epsilon)
  if mixed:
    y = torch.to(y, 15)
  return y


def packed_mask(segments: Tensor, like: Tensor) -> Tensor:
  # segments (B, T) -> additive mask (B, 1, T, T): a token sees earlier tokens of its own sequence and itself
  t = segments.size(1)
  same = torch.eq(segments.unsqueeze(1), segments.unsqueeze(2))
  seen = torch.tril(same)
  mask = torch.zeros([segments.size(0), t, t], dtype=like.dtype, layout=None, device=like.device)
  return torch.masked_fill(mask, torch.logical_not(seen), -inf).unsqueeze(1)


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
  # q (B, H, T, h), k and v (B, G, S, h), mask (B, 1, T, S) additive -> (B, T, H·h)
  b = q.size(0)
  heads = q.size(1)
  t = q.size(2)
  groups = k.size(1)
  if torch.ne(heads, groups):
    share = torch.floordiv(heads, groups)
    k = k.unsqueeze(2).expand([-1, -1, share, -1, -1]).reshape([b, heads, k.size(2), k.size(3)])
    v = v.unsqueeze(2).expand([-1, -1, share, -1, -1]).reshape([b, heads, v.size(2), v.size(3)])
  if torch.eq(q.dtype, 15):
    # bfloat16: plain products use the processor's own instructions, the fused kernel does not
    scores = torch.matmul(torch.mul(q, torch.pow(q.size(3), -0.5)), k.transpose(2, 3))
    o = torch.matmul(torch.softmax(torch.add(scores, mask), -1), v)
  else:
    o = torch.scaled_dot_product_attention(q, k, v, mask)
  return o.transpose(1, 2).reshape([b, t, torch.mul(heads, q.size(3))])


def hidden(weights: List[Tensor], adapters: List[Tensor], shape: List[int], epsilon: float, scale: float, mixed: bool, ids: Tensor, positions: Tensor, mask: Tensor, keys: List[Tensor], values: List[Tensor], start: int) -> Tensor:
  # ids, positions (B, T) -> (B, T, D). With a cache (one (B, G, S, h) per layer) columns start.. are written and 0..start+T read.
  heads = shape[1]
  groups = shape[2]
  h = shape[3]
  b = ids.size(0)
  t = ids.size(1)
  cached = torch.gt(len(keys), 0)
  none = weights[2].narrow(0, 0, 0).reshape([0])
  x = torch.embedding(weights[0], ids)
  cos, sin = __torch__.transformer.rotations(positions, weights[3])
  for layer in range(shape[0]):
    w = torch.add(4, torch.mul(layer, 7))
    a = torch.mul(layer, 14)
    y = __torch__.transformer.layer_input(x, weights[w], epsilon, mixed)
    qkv = __torch__.transformer.product(y, weights[torch.add(w, 1)], weights[torch.add(w, 2)], mixed)
    if torch.gt(len(adapters), 0):
      qw = torch.mul(heads, h)
      kw = torch.mul(groups, h)
      q0 = __torch__.transformer.add_low_rank(qkv.narrow(2, 0, qw), y, adapters[a], adapters[torch.add(a, 1)], scale)
      k0 = __torch__.transformer.add_low_rank(qkv.narrow(2, qw, kw), y, adapters[torch.add(a, 2)], adapters[torch.add(a, 3)], scale)
      v0 = __torch__.transformer.add_low_rank(qkv.narrow(2, torch.add(qw, kw), kw), y, adapters[torch.add(a, 4)], adapters[torch.add(a, 5)], scale)
      qkv = torch.cat([q0, k0, v0], 2)
    if torch.ne(cos.dtype, qkv.dtype):
      cos = torch.to(cos, qkv.dtype)
      sin = torch.to(sin, qkv.dtype)
      mask = torch.to(mask, qkv.dtype)
    qkv = qkv.view([b, t, torch.add(heads, torch.mul(2, groups)), h])
    qk = __torch__.transformer.rotate(qkv.narrow(2, 0, torch.add(heads, groups)), cos, sin).transpose(1, 2)
    q = qk.narrow(1, 0, heads)
    k = qk.narrow(1, heads, groups)
    v = qkv.narrow(2, torch.add(heads, groups), groups).transpose(1, 2)
    if cached:
      keys[layer].narrow(2, start, t).copy_(k)
      values[layer].narrow(2, start, t).copy_(v)
      k = keys[layer].narrow(2, 0, torch.add(start, t))
      v = values[layer].narrow(2, 0, torch.add(start, t))
    o = __torch__.transformer.attend(q, k, v, mask)
    x = torch.add(x, __torch__.transformer.project(o, weights[torch.add(w, 3)], adapters, torch.add(a, 6), scale, mixed, none))
    y = __torch__.transformer.layer_input(x, weights[torch.add(w, 4)], epsilon, mixed)
    gate_up = __torch__.transformer.product(y, weights[torch.add(w, 5)], none, mixed)
    f = torch.floordiv(gate_up.size(2), 2)
    gate = gate_up.narrow(2, 0, f)
    up = gate_up.narrow(2, f, f)
    if torch.gt(len(adapters), 0):
      gate = __torch__.transformer.add_low_rank(gate, y, adapters[torch.add(a, 8)], adapters[torch.add(a, 9)], scale)
      up = __torch__.transformer.add_low_rank(up, y, adapters[torch.add(a, 10)], adapters[torch.add(a, 11)], scale)
    x = torch.add(x, __torch__.transformer.project(torch.mul(torch.silu(gate), up), weights[torch.add(w, 6)], adapters, torch.add(a, 12), scale, mixed, none))
  return __torch__.transformer.norm(x, weights[1], epsilon)


def head(weights: List[Tensor], x: Tensor, mixed: bool) -> Tensor:
  # x (.., D) -> logits (.., V), of the type of x
  w = weights[2]
  if torch.eq(w.numel(), 0):
    w = weights[0]
  return torch.to(__torch__.transformer.product(x, w, w.narrow(0, 0, 0).reshape([0]), mixed), x.dtype)


def packed_hidden(weights: List[Tensor], adapters: List[Tensor], shape: List[int], epsilon: float, scale: float, mixed: bool, rows: Tensor) -> Tensor:
  # rows (3, B, T): ids, positions, segments of packed sequences -> (B·T, D)
  keys = annotate(List[Tensor], [])
  mask = __torch__.transformer.packed_mask(rows[2], weights[1])
  x = __torch__.transformer.hidden(weights, adapters, shape, epsilon, scale, mixed, rows[0], rows[1], mask, keys, keys, 0)
  return x.view([-1, x.size(2)])


def target_losses(weights: List[Tensor], x: Tensor, targets: Tensor, mixed: bool) -> Tensor:
  # x (B·T, D), targets (.., N): position whose hidden state predicts, token predicted -> cross entropy (N)
  logits = __torch__.transformer.head(weights, torch.index_select(x, 0, targets[0]), mixed)
  return torch.cross_entropy_loss(logits, targets[1], None, 0, -100, 0.)


def scores(weights: List[Tensor], x: Tensor, targets: Tensor, mixed: bool) -> Tensor:
  # x (B·T, D), targets (.., N) -> (2, N): log-probability of each target, 1 where it is the most probable token
  logits = __torch__.transformer.head(weights, torch.index_select(x, 0, targets[0]), mixed)
  best = torch.to(torch.eq(torch.argmax(logits, -1), targets[1]), logits.dtype)
  loss = torch.cross_entropy_loss(logits, targets[1], None, 0, -100, 0.)
  return torch.stack([torch.neg(loss), best])
