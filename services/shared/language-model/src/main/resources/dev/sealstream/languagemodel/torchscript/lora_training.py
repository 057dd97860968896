# Training of K adapters in lock-step on one frozen model: one forward and one backward pass for all of them.
#
# state: parameters, first and second moments, each (K, P); the P parameters of an adapter are, per layer and module in
#        the order q, k, v, o, gate, up, down: A (r, in), then B (out, r). Rows of a batch are grouped by adapter, so no
#        adapter's numbers ever meet another's.
# sizes:  in and out of the seven modules, [in, out, in, out, ..]; 0, 0 for a module that is not targeted.


def views(parameters: Tensor, layers: int, rank: int, sizes: List[int]) -> List[Tensor]:
  # the transformer's list of adapters, as views on the flat parameters
  k = parameters.size(0)
  result = annotate(List[Tensor], [])
  offset = 0
  for layer in range(layers):
    for module in range(7):
      a = torch.mul(rank, sizes[torch.mul(2, module)])
      b = torch.mul(rank, sizes[torch.add(torch.mul(2, module), 1)])
      if torch.gt(a, 0):
        result.append(parameters.narrow(1, offset, a).view([k, rank, -1]))
        result.append(parameters.narrow(1, torch.add(offset, a), b).view([k, -1, rank]))
      else:
        result.append(parameters.narrow(1, 0, 0))
        result.append(parameters.narrow(1, 0, 0))
      offset = torch.add(torch.add(offset, a), b)
  return result


def gradient(weights: List[Tensor], parameters: Tensor, shape: List[int], rank: int, sizes: List[int], epsilon: float, scale: float, mixed: bool, rows: List[Tensor], targets: List[Tensor], token_weights: List[Tensor]) -> Tuple[Tensor, Tensor]:
  # each chunk: rows (3, K·n, T), targets (3, N): position, token, adapter; token_weights (2, N): share of the loss, share
  # of the objective -> losses (K) and their gradients (K, P): the terms of different adapters share no parameter
  k = parameters.size(0)
  adapters = __torch__.lora_training.views(parameters, shape[0], rank, sizes)
  leaves = annotate(List[Tensor], [])
  for a in adapters:
    if torch.gt(a.numel(), 0):
      leaves.append(a.requires_grad_(True))
  losses = torch.zeros([k], dtype=parameters.dtype, layout=None, device=parameters.device)
  total = torch.zeros_like(parameters)
  for i in range(len(rows)):
    torch.set_grad_enabled(True)
    x = __torch__.transformer.packed_hidden(weights, adapters, shape, epsilon, scale, mixed, rows[i])
    loss = __torch__.transformer.target_losses(weights, x, targets[i], mixed)
    objective = torch.sum(torch.mul(loss, token_weights[i][1]))
    found = torch.grad([objective], leaves)
    torch.set_grad_enabled(False)
    parts = annotate(List[Tensor], [])
    for g in found:
      if torch.__isnot__(g, None):
        parts.append(unchecked_cast(Tensor, g).reshape([k, -1]))
    total.add_(torch.cat(parts, 1))
    losses.index_add_(0, targets[i][2], torch.mul(loss.detach(), token_weights[i][0]))
  return (losses, total)


def adam(parameters: Tensor, first: Tensor, second: Tensor, gradient: Tensor, rates: Tensor, beta1: float, beta2: float, decay: float, step: int) -> NoneType:
  # AdamW (Loshchilov and Hutter 2019) with a learning rate for each adapter, rates (K, 1); a rate of 0 leaves it as it is
  c1 = torch.sub(1., torch.pow(beta1, step))
  c2 = torch.sub(1., torch.pow(beta2, step))
  first.mul_(beta1).add_(gradient, alpha=torch.sub(1., beta1))
  second.mul_(beta2).addcmul_(gradient, gradient, value=torch.sub(1., beta2))
  update = torch.div(torch.div(first, c1), torch.add(torch.sqrt(torch.div(second, c2)), 1.0e-08))
  if torch.gt(decay, 0.):
    update = torch.add(update, parameters, alpha=decay)
  parameters.addcmul_(rates, update, value=-1.)
  return None
