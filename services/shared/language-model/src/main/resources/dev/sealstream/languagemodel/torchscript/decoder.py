# The methods Java calls. Everything they do is in the other files; each call is one crossing into native code.

class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # logits of packed rows (3, B, T) -> (B, T, V)
  def logits(self: __torch__.Decoder, weights: List[Tensor], adapters: List[Tensor], shape: List[int], epsilon: float, scale: float, mixed: bool, rows: Tensor) -> Tensor:
    torch.set_grad_enabled(False)
    x = __torch__.transformer.packed_hidden(weights, adapters, shape, epsilon, scale, mixed, rows)
    return __torch__.transformer.head(weights, x, mixed).view([rows.size(1), rows.size(2), -1])

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
    x = __torch__.transformer.packed_hidden(w, none, shape, epsilon, 1., mixed, rows)
    return __torch__.transformer.scores(w, x, targets, mixed)

  # concatenates tensors along dimension 0 into one of float32; bfloat16: the inputs are its bits, labelled as float16
  def fuse(self: __torch__.Decoder, parts: List[Tensor], bfloat16: bool) -> Tensor:
    torch.set_grad_enabled(False)
    converted = annotate(List[Tensor], [])
    for p in parts:
      if bfloat16:
        p = torch.view_copy(p, dtype=15)
      converted.append(torch.to(p, 6))
    return torch.cat(converted, 0)

  def stack(self: __torch__.Decoder, parts: List[Tensor]) -> Tensor:
    torch.set_grad_enabled(False)
    return torch.stack(parts)

  # tokens (B, N) and log-probabilities (B, N); arguments as in generation.py
  def generate(self: __torch__.Decoder, weights: List[Tensor], adapters: List[Tensor], shape: List[int], epsilon: float, ids: Tensor, lengths: Tensor, prompt_of_row: Tensor, uniforms: Tensor, temperature: float, top_p: float, stops: Tensor) -> List[Tensor]:
    torch.set_grad_enabled(False)
    tokens, scores = __torch__.generation.generate(weights, adapters, shape, epsilon, ids, lengths, prompt_of_row, uniforms, temperature, top_p, stops)
    return [tokens, scores]

  # losses (K) and gradients (K, P) of all adapters, for tests against finite differences
  def adapter_gradients(self: __torch__.Decoder, weights: List[Tensor], parameters: Tensor, shape: List[int], rank: int, sizes: List[int], epsilon: float, scale: float, mixed: bool, rows: List[Tensor], targets: List[Tensor], token_weights: List[Tensor]) -> List[Tensor]:
    torch.set_grad_enabled(False)
    losses, grads = __torch__.lora_training.gradient(weights, parameters, shape, rank, sizes, epsilon, scale, mixed, rows, targets, token_weights)
    return [losses, grads]

  # one optimizer step of all adapters; hyper = [beta1, beta2, decay]; returns the losses before it (K)
  def adapter_step(self: __torch__.Decoder, weights: List[Tensor], parameters: Tensor, first: Tensor, second: Tensor, shape: List[int], rank: int, sizes: List[int], epsilon: float, scale: float, mixed: bool, rows: List[Tensor], targets: List[Tensor], token_weights: List[Tensor], rates: Tensor, hyper: List[float], step: int) -> Tensor:
    torch.set_grad_enabled(False)
    losses, grads = __torch__.lora_training.gradient(weights, parameters, shape, rank, sizes, epsilon, scale, mixed, rows, targets, token_weights)
    __torch__.lora_training.adam(parameters, first, second, grads, rates, hyper[0], hyper[1], hyper[2], step)
    return losses

  # target (out, in) rows from..from+b: += scale · b a, in place
  def add_product(self: __torch__.Decoder, target: Tensor, start: int, b: Tensor, a: Tensor, scale: float) -> Tensor:
    torch.set_grad_enabled(False)
    target.narrow(0, start, b.size(0)).addmm_(b, a, beta=1, alpha=scale)
    return target
