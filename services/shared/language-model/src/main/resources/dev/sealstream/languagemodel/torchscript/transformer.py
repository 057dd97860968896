# The forward pass of a decoder-only transformer: Llama, Mistral, Qwen2, Qwen3 and GPT-2.
#
# This is TorchScript, run by libtorch inside the JVM; there is no Python in this project. Java owns every tensor.
#
# Shapes: B rows, T tokens in a row, S cached tokens, D width, H query heads, G key/value heads, h head dimension,
#         F feed-forward width, V vocabulary, K adapters, r rank.
#
# weights: embedding (V, D), final norm (D) and its bias, head (V, D), inverse frequencies (h/2), positions (S, D), then per
#          layer: input norm (D), its bias, qkv (H·h + 2·G·h, D), its bias, query norm (h), key norm (h), o (D, H·h), its
#          bias, post norm (D), its bias, up (2·F, D with the gate on top, or F, D), its bias, down (D, F), its bias.
#          What a model does not have is empty; a tied head is empty too. Matrices are float32 or bfloat16 (tests: float64),
#          everything else is float32.
# adapters: empty, or per layer A (K, r, in) and B (K, out, r) of each module in the order of the fused matrices, B scaled;
#          both empty where a module is not targeted. Rows of a batch are grouped by adapter: B = K · n.
# shape:   [layers, H, G, h, 1 if LayerNorm else RMSNorm, 1 if SwiGLU else GELU, attention window or 0]


def product(x: Tensor, w: Tensor, bias: Tensor, mixed: bool) -> Tensor:
  # x (.., in), w (out, in) -> (.., out) of the type of w; mixed: of bfloat16, by rounding w
  if mixed:
    w = torch.to(w, 15)
  x = torch.to(x, w.dtype)
  b: Optional[Tensor] = None
  if bias.numel() > 0:
    b = torch.to(bias, w.dtype)
  if __torch__.transformer.has_fast_product(x) and not (x.requires_grad or w.requires_grad):
    # oneDNN beats the engine's own choice by 1.5 to 3 times on many processors, but has no gradient
    no_scalars = annotate(List[Optional[number]], [])
    y = ops.mkldnn._linear_pointwise(x, w, b, "none", no_scalars, "")
  else:
    y = torch.linear(x, w, b)
  return y


def has_fast_product(x: Tensor) -> bool:
  fast = not x.is_cuda and x.dtype != 7
  if fast and x.dtype == 15:
    fast = ops.mkldnn._is_mkldnn_bf16_supported()
  return fast


def add_low_rank(y: Tensor, x: Tensor, a: Tensor, b: Tensor) -> Tensor:
  # y + (x Aᵀ) Bᵀ, each group of rows with its own A and B (Hu et al. 2021, section 4.1)
  # y (B, T, out), x (B, T, in), a (K, r, in), b (K, out, r)
  if a.numel() > 0:
    k = a.size(0)
    x = torch.to(x, y.dtype)
    low = torch.bmm(x.reshape([k, -1, x.size(2)]), torch.to(a, y.dtype).transpose(1, 2))  # (K, n·T, r)
    wide = y.reshape([k, -1, y.size(2)])
    y = torch.baddbmm(wide, low, torch.to(b, y.dtype).transpose(1, 2)).view([x.size(0), x.size(1), -1])
  return y


def adapted(x: Tensor, w: Tensor, bias: Tensor, adapters: List[Tensor], first: int, widths: List[int], mixed: bool) -> Tensor:
  # x (B, T, in) through modules whose matrices are stacked in w, each with its adapter from adapters[first]
  y = __torch__.transformer.product(x, w, bias, mixed)
  if len(adapters) > 0:
    parts = annotate(List[Tensor], [])
    start = 0
    for j in range(len(widths)):
      part = y.narrow(2, start, widths[j])
      parts.append(__torch__.transformer.add_low_rank(part, x, adapters[first + 2 * j], adapters[first + 2 * j + 1]))
      start = start + widths[j]
    y = torch.cat(parts, 2)
  return y


def rotations(positions: Tensor, frequencies: Tensor) -> Tuple[Tensor, Tensor]:
  # positions (..), frequencies (h/2) -> cos and signed sin (.., 1, h); rotate-half layout of Hugging Face (Su et al. 2021)
  angle = torch.to(positions, frequencies.dtype).unsqueeze(-1) * frequencies
  c = torch.cos(angle)
  s = torch.sin(angle)
  return (torch.cat([c, c], -1).unsqueeze(-2), torch.cat([-s, s], -1).unsqueeze(-2))


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
  # x (.., heads, h)
  return torch.addcmul(x * cos, torch.roll(x, [x.size(-1) // 2], [-1]), sin)


def norm(x: Tensor, weight: Tensor, bias: Tensor, epsilon: float, layer_norm: int) -> Tensor:
  # RMSNorm (Zhang and Sennrich 2019) or LayerNorm (Ba et al. 2016) over the last dimension
  if layer_norm == 1:
    y = torch.layer_norm(x, [x.size(-1)], weight, bias, epsilon)
  else:
    y = x * torch.rsqrt(torch.mean(torch.square(x), [-1], True) + epsilon) * weight
  return y


def head_norm(x: Tensor, weight: Tensor, epsilon: float) -> Tensor:
  # RMSNorm of each head, x (.., h), in float32 where x is shorter (Qwen3)
  wide = torch.to(x, weight.dtype)
  return torch.to(__torch__.transformer.norm(wide, weight, weight, epsilon, 0), x.dtype)


def activated(up: Tensor, gated: int) -> Tensor:
  # up (.., 2·F), gate first -> (.., F) by SwiGLU (Shazeer 2020), or (.., F) by GELU in its tanh form
  if gated == 1:
    f = up.size(-1) // 2
    y = torch.silu(up.narrow(-1, 0, f)) * up.narrow(-1, f, f)
  else:
    y = torch.gelu(up, approximate="tanh")
  return y


def causal_mask(rows: Tensor, columns: Tensor, window: int, like: Tensor) -> Tensor:
  # rows (.., T, 1) and columns (.., 1, S) of positions -> additive mask: a token sees itself and earlier ones, at most
  # window of them where a window is set
  seen = columns <= rows
  if window > 0:
    seen = torch.logical_and(seen, columns > rows - window)
  mask = torch.zeros(seen.size(), dtype=like.dtype, layout=None, device=like.device)
  return torch.masked_fill(mask, torch.logical_not(seen), -inf)


def packed_mask(segments: Tensor, positions: Tensor, window: int, like: Tensor) -> Tensor:
  # segments, positions (B, T) -> additive mask (B, 1, T, T): a token sees only its own sequence
  same = segments.unsqueeze(1) == segments.unsqueeze(2)
  mask = __torch__.transformer.causal_mask(positions.unsqueeze(2), positions.unsqueeze(1), window, like)
  return torch.masked_fill(mask, torch.logical_not(same), -inf).unsqueeze(1)


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
  # q (B, H, T, h), k and v (B, G, S, h), mask (B or 1, 1, T, S) additive -> (B, T, H·h); heads share keys (Ainslie et al. 2023)
  b = q.size(0)
  heads = q.size(1)
  t = q.size(2)
  groups = k.size(1)
  share = heads // groups
  if t == 1:
    # one new token: the heads of a group stand in for tokens, so that keys are not copied
    o = torch.matmul(q.view([b, groups, share, -1]) * q.size(3) ** -0.5, k.transpose(2, 3)) + mask
    o = torch.matmul(torch.softmax(o, -1), v).view([b, heads, 1, -1])
  else:
    if share > 1:
      k = k.unsqueeze(2).expand([-1, -1, share, -1, -1]).reshape([b, heads, k.size(2), k.size(3)])
      v = v.unsqueeze(2).expand([-1, -1, share, -1, -1]).reshape([b, heads, v.size(2), v.size(3)])
    if q.dtype == 15 and not q.is_cuda:
      # bfloat16: plain products use the processor's own instructions, the fused kernel does not
      scores = torch.matmul(q * q.size(3) ** -0.5, k.transpose(2, 3))
      o = torch.matmul(torch.softmax(scores + mask, -1), v)
    else:
      o = torch.scaled_dot_product_attention(q, k, v, mask)
  return o.transpose(1, 2).reshape([b, t, -1])


def embedded(weights: List[Tensor], ids: Tensor, positions: Tensor) -> Tensor:
  # (..) -> (.., D), of the type of the norms
  x = torch.to(torch.embedding(weights[0], ids), weights[1].dtype)
  if weights[5].numel() > 0:
    x = x + torch.embedding(weights[5], positions)
  return x


def hidden(weights: List[Tensor], adapters: List[Tensor], shape: List[int], epsilon: float, mixed: bool, ids: Tensor, positions: Tensor, mask: Tensor, keys: List[Tensor], values: List[Tensor], columns: int) -> Tensor:
  # ids, positions (B, T) -> (B, T, D). With a cache, one (B, G, S, h) per layer, new keys go to the columns their positions
  # say and the first columns of the cache are attended to.
  heads = shape[1]
  groups = shape[2]
  h = shape[3]
  b = ids.size(0)
  t = ids.size(1)
  qkv_widths = __torch__.transformer.qkv_widths(shape)
  per_layer = 2 * (len(qkv_widths) + 2 + 1 + shape[5])
  x = __torch__.transformer.embedded(weights, ids, positions)
  rotary = weights[4].numel() > 0
  cos, sin = __torch__.transformer.rotations(positions, weights[4])
  at = positions.reshape([b, 1, t, 1]).expand([-1, groups, -1, h])
  for layer in range(shape[0]):
    w = 6 + layer * 14
    a = layer * per_layer
    y = __torch__.transformer.norm(x, weights[w], weights[w + 1], epsilon, shape[4])
    qkv = __torch__.transformer.adapted(y, weights[w + 2], weights[w + 3], adapters, a, qkv_widths, mixed)
    qkv = qkv.view([b, t, heads + 2 * groups, h])
    q = qkv.narrow(2, 0, heads)
    k = qkv.narrow(2, heads, groups)
    v = qkv.narrow(2, heads + groups, groups).transpose(1, 2)
    if weights[w + 4].numel() > 0:
      q = __torch__.transformer.head_norm(q, weights[w + 4], epsilon)
      k = __torch__.transformer.head_norm(k, weights[w + 5], epsilon)
    if rotary:
      cos = torch.to(cos, qkv.dtype)
      sin = torch.to(sin, qkv.dtype)
      q = __torch__.transformer.rotate(q, cos, sin)
      k = __torch__.transformer.rotate(k, cos, sin)
    q = q.transpose(1, 2)
    k = k.transpose(1, 2)
    if len(keys) > 0:
      keys[layer].scatter_(2, at, torch.to(k, keys[layer].dtype))
      values[layer].scatter_(2, at, torch.to(v, values[layer].dtype))
      k = keys[layer].narrow(2, 0, columns)
      v = values[layer].narrow(2, 0, columns)
    mask = torch.to(mask, q.dtype)
    o = __torch__.transformer.attend(q, k, v, mask)
    a = a + 2 * len(qkv_widths)
    x = x + __torch__.transformer.adapted(o, weights[w + 6], weights[w + 7], adapters, a, [x.size(2)], mixed)
    y = __torch__.transformer.norm(x, weights[w + 8], weights[w + 9], epsilon, shape[4])
    up = __torch__.transformer.adapted(y, weights[w + 10], weights[w + 11], adapters, a + 2, __torch__.transformer.up_widths(weights[w + 10], shape), mixed)
    y = __torch__.transformer.activated(up, shape[5])
    a = a + 4 + 2 * shape[5]
    x = x + __torch__.transformer.adapted(y, weights[w + 12], weights[w + 13], adapters, a, [x.size(2)], mixed)
  return __torch__.transformer.norm(x, weights[1], weights[2], epsilon, shape[4])


def qkv_widths(shape: List[int]) -> List[int]:
  # rows of each module in the fused qkv matrix; GPT-2 has one module for all three
  q = shape[1] * shape[3]
  kv = shape[2] * shape[3]
  widths = [q, kv, kv]
  if shape[5] == 0:
    widths = [q + 2 * kv]
  return widths


def up_widths(up: Tensor, shape: List[int]) -> List[int]:
  # rows of each module in the fused gate and up matrix
  widths = [up.size(0)]
  if shape[5] == 1:
    f = up.size(0) // 2
    widths = [f, f]
  return widths


def head(weights: List[Tensor], x: Tensor, mixed: bool) -> Tensor:
  # x (.., D) -> logits (.., V) of the type of x
  w = weights[3]
  if w.numel() == 0:
    w = weights[0]
  return torch.to(__torch__.transformer.product(x, w, weights[2].narrow(0, 0, 0), mixed), x.dtype)


def packed_hidden(weights: List[Tensor], adapters: List[Tensor], shape: List[int], epsilon: float, mixed: bool, rows: Tensor) -> Tensor:
  # rows (3, B, T): ids, positions, segments of packed sequences -> (B·T, D)
  none = annotate(List[Tensor], [])
  mask = __torch__.transformer.packed_mask(rows[2], rows[1], shape[6], weights[1])
  x = __torch__.transformer.hidden(weights, adapters, shape, epsilon, mixed, rows[0], rows[1], mask, none, none, 0)
  return x.view([-1, x.size(2)])
