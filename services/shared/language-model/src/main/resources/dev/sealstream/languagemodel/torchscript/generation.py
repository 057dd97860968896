# Sampling with a key/value cache: a queue of rows worked off by a fixed number of slots, in one native call.
#
# Prompts are read first, each distinct one once, filled up on the right. A row is one completion of a prompt; it takes a
# slot, and when it ends, the next row of the queue takes the slot over (continuous batching, Yu et al. 2022). Once the queue
# is empty, the batch shrinks with its rows. Rows are grouped by adapter, each group with its own slots and queue, because
# one batched product applies all adapters.
#
# Everything about a row is a tensor, so that nothing waits for the device between two tokens; which rows ended is looked at
# every few tokens (on a CPU after each).


def invert(p: Tensor, uniform: Tensor) -> Tensor:
  # p (B, V) not negative, of any sum -> index (B, 1) of the first cumulative sum above uniform · sum
  cumulative = torch.cumsum(torch.to(p, 7), -1)
  v = p.size(1)
  wanted = uniform.unsqueeze(1) * cumulative.narrow(1, v - 1, 1)
  index = torch.sum(cumulative <= wanted, [1], True)
  return torch.clamp_max(index, v - 1)


def nucleus(p: Tensor, top_p: Tensor) -> Tuple[Tensor, Tensor]:
  # p (B, V), top_p (B) -> the most probable tokens that together reach top_p (Holtzman et al. 2020), the rest 0, and their ids
  k = min(p.size(1), 1024)
  found, order = torch.topk(p, k)
  if not p.is_cuda and k < p.size(1):
    # sorting a large vocabulary costs more than the model; few distributions are so flat that they need it
    if bool(torch.any(torch.sum(found, [1]) < top_p)):
      found, order = torch.sort(p, stable=True, dim=-1, descending=True)
  elif k < p.size(1):
    found, order = torch.sort(p, stable=True, dim=-1, descending=True)
  before = torch.cumsum(torch.to(found, 7), -1) - found
  return (torch.masked_fill(found, before >= top_p.unsqueeze(1), 0.), order)


def choose(logits: Tensor, uniform: Tensor, temperature: Tensor, top_p: Tensor, sampled: bool, truncated: bool) -> Tensor:
  # logits (B, V), uniform (B) in [0, 1), temperature (B), 0 for the most probable token, top_p (B) -> token (B).
  # sampled: some temperature is above 0; truncated: some top_p is below 1
  token = torch.argmax(logits, -1)
  if sampled:
    greedy = temperature <= 0.
    p = torch.softmax(logits / torch.to(torch.masked_fill(temperature, greedy, 1.), logits.dtype).unsqueeze(1), -1)
    drawn = __torch__.generation.invert(p, uniform).squeeze(1)
    if truncated:
      # a row draws the same token whether or not others in the batch are truncated
      p, order = __torch__.generation.nucleus(p, top_p)
      drawn_truncated = torch.gather(order, 1, __torch__.generation.invert(p, uniform)).squeeze(1)
      drawn = torch.where(top_p < 1., drawn_truncated, drawn)
    token = torch.where(greedy, token, drawn)
  return token


def packed_for_products(weights: List[Tensor], rows: int) -> List[Tensor]:
  # the matrices in the order the processor's product wants them: reordering once per call instead of once per token
  if __torch__.transformer.has_fast_product(weights[8].narrow(0, 0, 1)):
    result = annotate(List[Tensor], [])
    for w in weights:
      result.append(w)
    if weights[3].numel() == 0:
      result[3] = weights[0]
    result[3] = ops.mkldnn._reorder_linear_weight(result[3], rows)
    for layer in range((len(weights) - 6) // 14):
      for at in [2, 6, 10, 12]:
        i = 6 + layer * 14 + at
        result[i] = ops.mkldnn._reorder_linear_weight(weights[i], rows)
    weights = result
  return weights


def cache(layers: int, rows: int, shape: List[int], columns: int, like: Tensor) -> List[Tensor]:
  result = annotate(List[Tensor], [])
  for layer in range(layers):
    result.append(torch.zeros([rows, shape[2], columns, shape[3]], dtype=like.dtype, layout=None, device=like.device))
  return result


def admit(slots: List[int], rows: List[int], keys: List[Tensor], values: List[Tensor], prompt_keys: List[Tensor], prompt_values: List[Tensor], prompt_of_row: Tensor, state: List[Tensor], prompt_state: List[Tensor]) -> NoneType:
  # rows take slots: what was read of their prompts is copied. state: hidden (B, D), position (B), row (B), drawn (B)
  device = prompt_of_row.device
  slot = torch.tensor(slots, dtype=4, device=device)
  row = torch.tensor(rows, dtype=4, device=device)
  prompt = torch.index_select(prompt_of_row, 0, row)
  t = prompt_keys[0].size(2)
  for layer in range(len(keys)):
    keys[layer].narrow(2, 0, t).index_copy_(0, slot, torch.index_select(prompt_keys[layer], 0, prompt))
    values[layer].narrow(2, 0, t).index_copy_(0, slot, torch.index_select(prompt_values[layer], 0, prompt))
  state[0].index_copy_(0, slot, torch.index_select(prompt_state[0], 0, prompt))
  state[1].index_copy_(0, slot, torch.index_select(prompt_state[1], 0, prompt))
  state[2].index_copy_(0, slot, row)
  state[3].index_fill_(0, slot, 0)
  return None


def kept(tensors: List[Tensor], index: Tensor) -> List[Tensor]:
  result = annotate(List[Tensor], [])
  for x in tensors:
    if x.numel() > 0:
      x = torch.index_select(x, 0, index)
    result.append(x)
  return result


def generate(weights: List[Tensor], adapters: List[Tensor], shape: List[int], epsilon: float, prompts: Tensor, lengths: List[int], prompt_of_row: Tensor, row_counts: List[int], row_lengths: List[int], slots: int, look_every: int, uniforms: Tensor, temperature: Tensor, top_p: Tensor, limits: Tensor, stops: Tensor, sampled: bool, truncated: bool) -> Tuple[Tensor, Tensor]:
  # prompts (P, T) filled up on the right, lengths (P), grouped by adapter, equally many for each; rows R, group by group:
  # prompt_of_row (R), row_counts of each of the K groups, row_lengths (R) of their prompts, uniforms (R, N), temperature (R), top_p (R), limits (R) of tokens,
  # stops (R, S) ids that end the row, -1 for none; slots of each group
  # -> tokens (R, N), -1 after the end, and log-probabilities (R, N) under the untempered, untruncated distribution
  device = prompts.device
  groups = len(row_counts)
  count = prompt_of_row.size(0)
  n = uniforms.size(1)
  t = prompts.size(1)
  layers = shape[0]
  weights = __torch__.generation.packed_for_products(weights, groups * slots)
  like = torch.to(weights[1], weights[8].dtype)
  own = annotate(List[Tensor], [])
  for a in adapters:
    own.append(torch.to(a, like.dtype))
  adapters = own

  # read the prompts
  columns = torch.arange(t, dtype=4, layout=None, device=device)
  mask = __torch__.transformer.causal_mask(columns.unsqueeze(1), columns, shape[6], weights[1])
  prompt_keys = __torch__.generation.cache(layers, prompts.size(0), shape, t, like)
  prompt_values = __torch__.generation.cache(layers, prompts.size(0), shape, t, like)
  positions = columns.unsqueeze(0).expand([prompts.size(0), -1])
  x = __torch__.transformer.hidden(weights, adapters, shape, epsilon, False, prompts, positions, mask, prompt_keys, prompt_values, t)
  length = torch.tensor(lengths, dtype=4, device=device)
  last = (length - 1).view([-1, 1, 1]).expand([-1, 1, x.size(2)])
  prompt_state = [torch.gather(x, 1, last).squeeze(1), length]

  # rows take their slots
  b = groups * slots
  keys = __torch__.generation.cache(layers, b, shape, t + n, like)
  values = __torch__.generation.cache(layers, b, shape, t + n, like)
  whole = torch.arange(t + n, dtype=4, layout=None, device=device)
  state = [torch.zeros([b, x.size(2)], dtype=x.dtype, layout=None, device=device), torch.zeros([b], dtype=4, layout=None, device=device), torch.full([b], count, dtype=4, layout=None, device=device), torch.zeros([b], dtype=4, layout=None, device=device)]
  row_of_slot = annotate(List[int], [])
  started = annotate(List[int], [])
  next_of_group = annotate(List[int], [])
  end_of_group = annotate(List[int], [])
  free = annotate(List[int], [])
  rows = annotate(List[int], [])
  start = 0
  for g in range(groups):
    for s in range(slots):
      row_of_slot.append(-1)
      started.append(0)
      if s < row_counts[g]:
        row_of_slot[g * slots + s] = start + s
        free.append(g * slots + s)
        rows.append(start + s)
    next_of_group.append(start + min(slots, row_counts[g]))
    start = start + row_counts[g]
    end_of_group.append(start)
  __torch__.generation.admit(free, rows, keys, values, prompt_keys, prompt_values, prompt_of_row, state, prompt_state)

  # one row more than asked for takes what idle slots write
  tokens = torch.full([count + 1, n], -1, dtype=4, layout=None, device=device)
  scores = torch.zeros([count + 1, n], dtype=6, layout=None, device=device)
  uniforms = torch.cat([uniforms, uniforms.narrow(0, 0, 1)])
  temperature = torch.cat([temperature, temperature.narrow(0, 0, 1)])
  top_p = torch.cat([top_p, top_p.narrow(0, 0, 1)])
  stops = torch.cat([stops, stops.narrow(0, 0, 1)])
  limits = torch.cat([limits, torch.zeros_like(limits.narrow(0, 0, 1))])
  last_position = t + n - 1
  if weights[5].numel() > 0:
    last_position = min(last_position, weights[5].size(0) - 1)
  seen = t  # no slot has more columns than this
  step = 0
  going = True
  while going:
    row = state[2]
    logits = torch.to(__torch__.transformer.head(weights, state[0], False), 6)  # (B, V)
    drawn = state[3].unsqueeze(1)
    uniform = torch.gather(torch.index_select(uniforms, 0, row), 1, drawn).squeeze(1)
    token = __torch__.generation.choose(logits, uniform, torch.index_select(temperature, 0, row), torch.index_select(top_p, 0, row), sampled, truncated)
    score = torch.gather(logits, 1, token.unsqueeze(1)).squeeze(1) - torch.logsumexp(logits, [-1])
    tokens.index_put_([row, state[3]], token)
    scores.index_put_([row, state[3]], score)
    stopped = torch.any(token.unsqueeze(1) == torch.index_select(stops, 0, row), 1)
    drawn_next = state[3] + 1
    ended = torch.logical_or(stopped, drawn_next >= torch.index_select(limits, 0, row))
    state[2] = torch.masked_fill(row, ended, count)
    state[3] = torch.clamp_max(drawn_next, n - 1)
    position = torch.clamp_max(state[1], last_position)
    state[1] = position + 1
    step = step + 1
    admitted = False
    looking = step % look_every == 0
    if looking and look_every == 1:
      looking = bool(torch.any(torch.logical_and(ended, row < count)))
    if looking:
      # which rows ended, and who takes their slots
      ids = state[2].cpu()
      free = annotate(List[int], [])
      rows = annotate(List[int], [])
      live = annotate(List[int], [])
      seen = 0
      for g in range(groups):
        live.append(0)
        for s in range(slots):
          i = g * slots + s
          if row_of_slot[i] >= 0:
            if int(ids[i]) == count:
              row_of_slot[i] = -1
          if row_of_slot[i] < 0:
            if next_of_group[g] < end_of_group[g]:
              row_of_slot[i] = next_of_group[g]
              started[i] = step
              free.append(i)
              rows.append(next_of_group[g])
              next_of_group[g] = next_of_group[g] + 1
          if row_of_slot[i] >= 0:
            live[g] = live[g] + 1
            seen = max(seen, row_lengths[row_of_slot[i]] + step - started[i])
      admitted = len(free) > 0
      most = 0
      live_groups = 0
      for g in range(groups):
        most = max(most, live[g])
        if live[g] > 0:
          live_groups = live_groups + 1
      going = most > 0
      if going and 4 * most * live_groups <= 3 * groups * slots:
        # the batch shrinks: the slots of live rows move together, idle ones of their group fill up
        index = annotate(List[int], [])
        group_index = annotate(List[int], [])
        next_left = annotate(List[int], [])
        end_left = annotate(List[int], [])
        row_left = annotate(List[int], [])
        started_left = annotate(List[int], [])
        moved = annotate(List[int], [])
        for g in range(groups):
          if live[g] > 0:
            group_index.append(g)
            next_left.append(next_of_group[g])
            end_left.append(end_of_group[g])
            taken = 0
            for s in range(slots):
              if row_of_slot[g * slots + s] >= 0:
                index.append(g * slots + s)
                row_left.append(row_of_slot[g * slots + s])
                started_left.append(started[g * slots + s])
                taken = taken + 1
            for s in range(slots):
              if row_of_slot[g * slots + s] < 0 and taken < most:
                index.append(g * slots + s)
                row_left.append(-1)
                started_left.append(0)
                taken = taken + 1
        for i in free:
          for j in range(len(index)):
            if index[j] == i:
              moved.append(j)
        free = moved
        slot = torch.tensor(index, dtype=4, device=device)
        keys = __torch__.generation.kept(keys, slot)
        values = __torch__.generation.kept(values, slot)
        state = __torch__.generation.kept(state, slot)
        token = torch.index_select(token, 0, slot)
        position = torch.index_select(position, 0, slot)
        if len(group_index) < groups:
          adapters = __torch__.generation.kept(adapters, torch.tensor(group_index, dtype=4, device=device))
        next_of_group = next_left
        end_of_group = end_left
        row_of_slot = row_left
        started = started_left
        groups = len(group_index)
        slots = most
    if going:
      seen = min(seen + 1, t + n)
      mask = __torch__.transformer.causal_mask(position.view([-1, 1, 1, 1]), whole.narrow(0, 0, seen), shape[6], weights[1])
      x = __torch__.transformer.hidden(weights, adapters, shape, epsilon, False, token.unsqueeze(1), position.unsqueeze(1), mask, keys, values, seen).squeeze(1)
      state[0] = x
      if admitted:
        __torch__.generation.admit(free, rows, keys, values, prompt_keys, prompt_values, prompt_of_row, state, prompt_state)
  return (tokens.narrow(0, 0, count), scores.narrow(0, 0, count))
