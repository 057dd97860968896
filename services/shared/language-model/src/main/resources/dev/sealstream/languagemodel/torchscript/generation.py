# Sampling with a key/value cache: prompts of different lengths, shared prompts read once, one native call for a batch.
#
# Prompts are padded on the left, so that all rows append at the same column; each row has its own positions and never
# sees its padding.


def prompt_mask(lengths: Tensor, columns: Tensor, like: Tensor) -> Tensor:
  # lengths (B), columns (T) -> additive (B, 1, T, T): causal, without padding; padding sees itself, so that softmax is finite
  t = columns.size(0)
  real = torch.ge(columns, torch.sub(t, lengths).unsqueeze(1)).unsqueeze(1)  # (B, 1, T)
  causal = torch.ge(columns.unsqueeze(1), columns)  # (T, T)
  itself = torch.eq(columns.unsqueeze(1), columns)
  seen = torch.logical_or(torch.logical_and(real, causal), itself)
  mask = torch.zeros([lengths.size(0), t, t], dtype=like.dtype, layout=None, device=like.device)
  return torch.masked_fill(mask, torch.logical_not(seen), -inf).unsqueeze(1)


def choose(logits: Tensor, uniform: Tensor, temperature: float, top_p: float) -> Tensor:
  # logits (B, V), uniform (B) in [0, 1) -> token (B), by inverting the cumulative distribution in double precision
  if torch.le(temperature, 0.):
    token = torch.argmax(logits, -1)
  else:
    p = torch.softmax(torch.div(torch.to(logits, 7), temperature), -1)
    if torch.lt(top_p, 1.):
      p, order = torch.sort(p, stable=True, dim=-1, descending=True)
      before = torch.sub(torch.cumsum(p, -1), p)
      p = torch.masked_fill(p, torch.ge(before, top_p), 0.)
      token = torch.gather(order, 1, __torch__.generation.invert(p, uniform)).squeeze(1)
    else:
      token = __torch__.generation.invert(p, uniform).squeeze(1)
  return token


def invert(p: Tensor, uniform: Tensor) -> Tensor:
  # p (B, V) not negative, of any sum -> index (B, 1) of the first cumulative sum above uniform · sum
  cumulative = torch.cumsum(p, -1)
  v = p.size(1)
  wanted = torch.mul(uniform.unsqueeze(1), cumulative.narrow(1, torch.sub(v, 1), 1))
  index = torch.sum(torch.le(cumulative, wanted), [1], True)
  return torch.clamp_max(index, torch.sub(v, 1))


def generate(weights: List[Tensor], adapters: List[Tensor], shape: List[int], epsilon: float, ids: Tensor, lengths: Tensor, prompt_of_row: Tensor, uniforms: Tensor, temperature: float, top_p: float, stops: Tensor) -> Tuple[Tensor, Tensor]:
  # ids (P, T) distinct prompts, lengths (P), prompt_of_row (B), uniforms (B, N) for at most N tokens
  # -> tokens (B, N), -1 after the end, and their log-probabilities (B, N) under the untempered, untruncated distribution
  t = ids.size(1)
  n = uniforms.size(1)
  b = prompt_of_row.size(0)
  like = weights[1]
  columns = torch.arange(t, dtype=4, layout=None, device=ids.device)
  positions = torch.clamp_min(torch.sub(columns, torch.sub(t, lengths).unsqueeze(1)), 0)
  mask = __torch__.generation.prompt_mask(lengths, columns, like)
  keys = annotate(List[Tensor], [])
  values = annotate(List[Tensor], [])
  for layer in range(shape[0]):
    keys.append(torch.empty([ids.size(0), shape[2], t, shape[3]], dtype=like.dtype, layout=None, device=like.device))
    values.append(torch.empty([ids.size(0), shape[2], t, shape[3]], dtype=like.dtype, layout=None, device=like.device))
  x = __torch__.transformer.hidden(weights, adapters, shape, epsilon, 1., False, ids, positions, mask, keys, values, 0)
  x = torch.index_select(x.select(1, torch.sub(t, 1)), 0, prompt_of_row)  # (B, D)
  for layer in range(shape[0]):
    k = torch.empty([b, shape[2], torch.add(t, n), shape[3]], dtype=like.dtype, layout=None, device=like.device)
    v = torch.empty([b, shape[2], torch.add(t, n), shape[3]], dtype=like.dtype, layout=None, device=like.device)
    k.narrow(2, 0, t).copy_(torch.index_select(keys[layer], 0, prompt_of_row))
    v.narrow(2, 0, t).copy_(torch.index_select(values[layer], 0, prompt_of_row))
    keys[layer] = k
    values[layer] = v
  row_lengths = torch.index_select(lengths, 0, prompt_of_row)
  every = torch.arange(torch.add(t, n), dtype=4, layout=None, device=ids.device)
  visible = torch.zeros([b, torch.add(t, n)], dtype=like.dtype, layout=None, device=like.device)
  visible = torch.masked_fill(visible, torch.lt(every, torch.sub(t, row_lengths).unsqueeze(1)), -inf).unsqueeze(1).unsqueeze(1)
  tokens = torch.full([b, n], -1, dtype=4, layout=None, device=ids.device)
  scores = torch.zeros([b, n], dtype=6, layout=None, device=ids.device)
  ended = torch.zeros([b], dtype=11, layout=None, device=ids.device)
  i = 0
  going = True
  while going:
    logits = torch.to(__torch__.transformer.head(weights, x, False), 6)  # (B, V)
    token = __torch__.generation.choose(logits, uniforms.select(1, i), temperature, top_p)
    score = torch.gather(torch.log_softmax(logits, -1), 1, token.unsqueeze(1)).squeeze(1)
    tokens.select(1, i).copy_(torch.masked_fill(token, ended, -1))
    scores.select(1, i).copy_(torch.masked_fill(score, ended, 0.))
    ended = torch.logical_or(ended, torch.any(torch.eq(token.unsqueeze(1), stops), 1))
    going = torch.lt(torch.add(i, 1), n)
    if going:
      going = torch.__not__(bool(torch.all(ended)))
    if going:
      seen = visible.narrow(3, 0, torch.add(torch.add(t, i), 1))
      at = torch.add(row_lengths, i).unsqueeze(1)
      x = __torch__.transformer.hidden(weights, adapters, shape, epsilon, 1., False, token.unsqueeze(1), at, seen, keys, values, torch.add(t, i)).squeeze(1)
    i = torch.add(i, 1)
  return (tokens, scores)
