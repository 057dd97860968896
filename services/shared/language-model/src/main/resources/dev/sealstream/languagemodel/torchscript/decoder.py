# The methods Java calls. Everything they do is in the other files; each call is one crossing into native code.

class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # logits of packed rows (3, B, T) -> (B, T, V)
  def logits(self: __torch__.Decoder, weights: List[Tensor], adapters: List[Tensor], shape: List[int], epsilon: float, rows: Tensor) -> Tensor:
    torch.set_grad_enabled(False)
    x = __torch__.transformer.packed_hidden(weights, adapters, shape, epsilon, False, rows)
    return __torch__.transformer.head(weights, x, False).view([rows.size(1), rows.size(2), -1])

  # objective gradients of all weights, for tests against finite differences; the first element is the batches' losses
  def full_gradients(self: __torch__.Decoder, stacks: List[Tensor], others: List[Tensor], frequencies: Tensor, shape: List[int], epsilon: float, mixed: bool, rows: List[Tensor], targets: List[Tensor], token_weights: List[Tensor], batches: int) -> List[Tensor]:
    losses = torch.zeros([batches], dtype=others[0].dtype, layout=None, device=others[0].device)
    grads = __torch__.full_training.gradients(stacks, others, frequencies, shape, epsilon, mixed, rows, targets, token_weights, losses)
    result = [losses]
    for g in grads:
      result.append(g)
    return result

  # one optimizer step; rates = [muon rate, momentum, decay, beta1, beta2, adam rate of each of others]; returns the batches' losses
  def full_step(self: __torch__.Decoder, stacks: List[Tensor], others: List[Tensor], frequencies: Tensor, momenta: List[Tensor], first: List[Tensor], second: List[Tensor], shape: List[int], epsilon: float, mixed: bool, rows: List[Tensor], targets: List[Tensor], token_weights: List[Tensor], batches: int, rates: List[float], step: int) -> Tensor:
    losses = torch.zeros([batches], dtype=others[0].dtype, layout=None, device=others[0].device)
    grads = __torch__.full_training.gradients(stacks, others, frequencies, shape, epsilon, mixed, rows, targets, token_weights, losses)
    __torch__.full_training.muon(stacks, momenta, grads, rates[0], rates[1], rates[2], mixed)
    __torch__.full_training.adam(others, first, second, grads, len(stacks), rates, step)
    return losses

  # log-probability of each target and whether it is the most probable token: (2, N)
  def full_scores(self: __torch__.Decoder, stacks: List[Tensor], others: List[Tensor], frequencies: Tensor, shape: List[int], epsilon: float, mixed: bool, rows: Tensor, targets: Tensor) -> Tensor:
    torch.set_grad_enabled(False)
    none = annotate(List[Tensor], [])
    w = __torch__.full_training.weights_of(stacks, others, frequencies)
    x = __torch__.transformer.packed_hidden(w, none, shape, epsilon, mixed, rows)
    return __torch__.full_training.scores(w, x, targets, mixed)

  # log-probability of each target of packed rows, and 1 where it is the most probable token: (2, N) in float32
  def scores(self: __torch__.Decoder, weights: List[Tensor], adapters: List[Tensor], shape: List[int], epsilon: float, rows: Tensor, targets: Tensor) -> Tensor:
    torch.set_grad_enabled(False)
    x = __torch__.transformer.packed_hidden(weights, adapters, shape, epsilon, False, rows)
    return torch.to(__torch__.full_training.scores(weights, x, targets, False), 6)

  # concatenates tensors along dimension 0, each transposed before if asked for, into one of dtype; bfloat16: the inputs are
  # its bits, labelled as float16
  def fuse(self: __torch__.Decoder, parts: List[Tensor], bfloat16: bool, transposed: bool, dtype: int) -> Tensor:
    torch.set_grad_enabled(False)
    rows = 0
    for p in parts:
      rows = rows + p.size(int(transposed))
    size = parts[0].size()
    if transposed:
      size = [size[1], size[0]]
    size[0] = rows
    result = torch.empty(size, dtype=dtype, layout=None, device=parts[0].device)
    start = 0
    for p in parts:
      if bfloat16:
        p = torch.empty([0], dtype=15, layout=None, device=p.device).set_(p)
      if transposed:
        p = p.t()
      result.narrow(0, start, p.size(0)).copy_(p)
      start = start + p.size(0)
    return result

  # rows of one tensor as float32
  def rows(self: __torch__.Decoder, tensor: Tensor, start: int, count: int) -> Tensor:
    torch.set_grad_enabled(False)
    return torch.to(tensor.narrow(0, start, count), 6).clone()

  # the transformer's list of weights, as views
  def full_weights_by_layer(self: __torch__.Decoder, stacks: List[Tensor], others: List[Tensor], frequencies: Tensor) -> List[Tensor]:
    torch.set_grad_enabled(False)
    return __torch__.full_training.weights_of(stacks, others, frequencies)

  # the same weights with matrices of another type
  def to_type(self: __torch__.Decoder, weights: List[Tensor], dtype: int) -> List[Tensor]:
    torch.set_grad_enabled(False)
    result = annotate(List[Tensor], [])
    for i in range(len(weights)):
      w = weights[i]
      if w.dim() == 2 and i != 5:
        w = torch.to(w, dtype)
      result.append(w)
    return result

  # the same bytes, labelled bfloat16 instead of float16
  def as_bfloat16(self: __torch__.Decoder, x: Tensor) -> Tensor:
    torch.set_grad_enabled(False)
    return torch.empty([0], dtype=15, layout=None, device=x.device).set_(x)

  def stack(self: __torch__.Decoder, parts: List[Tensor]) -> Tensor:
    torch.set_grad_enabled(False)
    return torch.stack(parts)

  # tokens (R, N) and log-probabilities (R, N); arguments as in generation.py
  def generate(self: __torch__.Decoder, weights: List[Tensor], adapters: List[Tensor], shape: List[int], epsilon: float, prompts: Tensor, lengths: List[int], prompt_of_row: Tensor, row_counts: List[int], row_lengths: List[int], slots: int, look_every: int, uniforms: Tensor, temperature: Tensor, top_p: Tensor, limits: Tensor, stops: Tensor, sampled: bool, truncated: bool) -> List[Tensor]:
    torch.set_grad_enabled(False)
    tokens, scores = __torch__.generation.generate(weights, adapters, shape, epsilon, prompts, lengths, prompt_of_row, row_counts, row_lengths, slots, look_every, uniforms, temperature, top_p, limits, stops, sampled, truncated)
    return [tokens, scores]

  # adds a chunk's gradients to those of its adapters (K, P) and its losses to row step of (steps, K); adapters: which of the K
  # the chunk's groups are; the rest as in adapter_training.py
  def add_adapter_gradient(self: __torch__.Decoder, weights: List[Tensor], parameters: Tensor, gradient: Tensor, losses: Tensor, step: int, adapters: Tensor, shape: List[int], modules: List[int], scales: List[float], epsilon: float, recompute: bool, imitate: bool, stream: Tensor, buckets: List[Tensor], places: Tensor, targets: Tensor, token_weights: Tensor) -> Tensor:
    torch.set_grad_enabled(False)
    own = torch.index_select(parameters, 0, adapters)
    own_gradient = torch.zeros_like(own)
    own_losses = torch.zeros([own.size(0)], dtype=own.dtype, layout=None, device=own.device)
    __torch__.adapter_training.add_gradient(weights, own, own_gradient, own_losses, shape, modules, scales, epsilon, recompute, imitate, stream, buckets, places, targets, token_weights)
    __torch__.adapter_training.scale_gradient(own_gradient, modules, scales)
    gradient.index_add_(0, adapters, own_gradient)
    losses[step].index_add_(0, adapters, own_losses)
    return losses

  # adds penalties and their gradients, as in adapter_training.py, to all adapters (K, P) and to row step of losses (steps, K)
  def add_adapter_penalties(self: __torch__.Decoder, parameters: Tensor, gradient: Tensor, losses: Tensor, step: int, modules: List[int], scales: List[float], l2: float, overlap: float, earlier: List[Tensor]) -> Tensor:
    torch.set_grad_enabled(False)
    __torch__.adapter_training.add_penalties(parameters, gradient, losses[step], modules, scales, l2, overlap, earlier)
    return losses

  # one optimizer step of all adapters; hyper = [beta1, beta2, decay]
  def adapter_update(self: __torch__.Decoder, parameters: Tensor, first: Tensor, second: Tensor, gradient: Tensor, rates: Tensor, hyper: List[float], step: int) -> Tensor:
    torch.set_grad_enabled(False)
    __torch__.adapter_training.adam(parameters, first, second, gradient, rates, hyper[0], hyper[1], hyper[2], step)
    gradient.zero_()
    return parameters

  # target rows from start: += scale · b a. The sum is taken in float32 and rounded once if target is shorter: deltas holds
  # b and a of each change, [b, a, b, a, ..]
  def add_products(self: __torch__.Decoder, target: Tensor, start: int, deltas: List[Tensor], scales: List[float]) -> Tensor:
    torch.set_grad_enabled(False)
    rows = target.narrow(0, start, deltas[0].size(0))
    sum = torch.to(rows, deltas[0].dtype)
    for i in range(len(scales)):
      sum = torch.addmm(sum, deltas[2 * i], deltas[2 * i + 1], beta=1, alpha=scales[i])
    rows.copy_(sum)
    return target
