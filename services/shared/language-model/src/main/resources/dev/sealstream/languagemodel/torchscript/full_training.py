# One optimizer step on all weights: Muon on the layers' matrices, Adam on everything else.
#
# stacks: qkv (L, .., D), o (L, D, ..), gate_up (L, 2·F, D), down (L, D, F); one momentum each.
# others: embedding (V, D), final norm (D), head or empty, input norms (L, D), post norms (L, D), qkv biases (L, ..) or empty;
#         two moments each.
# Chunks bound the memory of one backward pass; gradients add up over them before the single update.


def weights_of(stacks: List[Tensor], others: List[Tensor], frequencies: Tensor) -> List[Tensor]:
  # the transformer's list of weights, as views on the stacks
  none = frequencies.narrow(0, 0, 0)
  w = [others[0], others[1], none, others[2], frequencies, none]
  for layer in range(stacks[0].size(0)):
    bias = others[5]
    if bias.numel() > 0:
      bias = bias[layer]
    w += [others[3][layer], none, stacks[0][layer], bias, none, none, stacks[1][layer], none]
    w += [others[4][layer], none, stacks[2][layer], none, stacks[3][layer], none]
  return w


def target_losses(weights: List[Tensor], x: Tensor, targets: Tensor, mixed: bool) -> Tensor:
  # x (B·T, D), targets (.., N): position whose hidden state predicts, token predicted -> cross entropy (N)
  logits = __torch__.transformer.head(weights, torch.index_select(x, 0, targets[0]), mixed)
  return torch.cross_entropy_loss(logits, targets[1], None, 0, -100, 0.)


def scores(weights: List[Tensor], x: Tensor, targets: Tensor, mixed: bool) -> Tensor:
  # x (B·T, D), targets (.., N) -> (2, N): log-probability of each target, 1 where it is the most probable token
  logits = __torch__.transformer.head(weights, torch.index_select(x, 0, targets[0]), mixed)
  best = torch.to(torch.argmax(logits, -1) == targets[1], logits.dtype)
  return torch.stack([-torch.cross_entropy_loss(logits, targets[1], None, 0, -100, 0.), best])


def chunk_loss(stacks: List[Tensor], others: List[Tensor], frequencies: Tensor, shape: List[int], epsilon: float, mixed: bool, rows: Tensor, targets: Tensor, token_weights: Tensor, losses: Tensor) -> Tensor:
  # targets (3, N): position, token, batch; token_weights (2, N): share of the batch's loss, share of the objective.
  # Adds each batch's share to losses and returns the objective.
  none = annotate(List[Tensor], [])
  w = __torch__.full_training.weights_of(stacks, others, frequencies)
  x = __torch__.transformer.packed_hidden(w, none, shape, epsilon, mixed, rows)
  loss = __torch__.full_training.target_losses(w, x, targets, mixed)
  losses.index_add_(0, targets[2], torch.mul(loss.detach(), token_weights[0]))
  return torch.sum(torch.mul(loss, token_weights[1]))


def trainable(stacks: List[Tensor], others: List[Tensor]) -> List[Tensor]:
  p = annotate(List[Tensor], [])
  for s in stacks:
    p.append(s)
  for o in others:
    if torch.gt(o.numel(), 0):
      p.append(o)
  return p


def gradients(stacks: List[Tensor], others: List[Tensor], frequencies: Tensor, shape: List[int], epsilon: float, mixed: bool, rows: List[Tensor], targets: List[Tensor], token_weights: List[Tensor], losses: Tensor) -> List[Tensor]:
  # gradients of the objective, in the order of trainable()
  sums = annotate(List[Tensor], [])
  p = __torch__.full_training.trainable(stacks, others)
  for x in p:
    x.requires_grad_(True)
  for i in range(len(rows)):
    torch.set_grad_enabled(True)
    loss = __torch__.full_training.chunk_loss(stacks, others, frequencies, shape, epsilon, mixed, rows[i], targets[i], token_weights[i], losses)
    found = torch.grad([loss], p)
    torch.set_grad_enabled(False)
    j = 0
    for g in found:
      if torch.__isnot__(g, None):
        grad = unchecked_cast(Tensor, g)
        if torch.eq(i, 0):
          sums.append(grad.contiguous())
        else:
          sums[j].add_(grad)
      j = torch.add(j, 1)
  for x in p:
    x.requires_grad_(False)
  return sums


def orthogonalized(g: Tensor, mixed: bool) -> Tensor:
  # nearest semi-orthogonal matrix of each (out, in) in g (L, out, in), by 5 quintic Newton-Schulz steps
  # (Jordan et al. 2024, "Muon"); the coefficients trade exactness for a steep slope at zero.
  x = torch.div(g, torch.add(torch.linalg_vector_norm(g, 2, [1, 2], True), 1.0e-07))
  tall = torch.gt(g.size(1), g.size(2))
  if tall:
    x = x.transpose(1, 2)
  if mixed:
    x = torch.to(x, 15)
  x = x.contiguous()
  for step in range(5):
    a = torch.bmm(x, x.transpose(1, 2))
    b = torch.baddbmm(a, a, a, beta=-4.775, alpha=2.0315)
    x = torch.baddbmm(x, b, x, beta=3.4445, alpha=1.)
  if tall:
    x = x.transpose(1, 2)
  return torch.to(x, g.dtype)


def muon(stacks: List[Tensor], momenta: List[Tensor], grads: List[Tensor], rate: float, momentum: float, decay: float, mixed: bool) -> NoneType:
  for i in range(len(stacks)):
    s = stacks[i]
    m = momenta[i]
    g = grads[i]
    m.mul_(momentum).add_(g)
    u = __torch__.full_training.orthogonalized(torch.add(g, m, alpha=momentum), mixed)
    tall = torch.div(s.size(1), s.size(2))
    s.mul_(torch.sub(1., torch.mul(rate, decay)))
    s.add_(u, alpha=torch.mul(torch.neg(rate), torch.sqrt(ops.prim.max(1., tall))))
  return None


def adam(others: List[Tensor], first: List[Tensor], second: List[Tensor], grads: List[Tensor], offset: int, rates: List[float], step: int) -> NoneType:
  beta1 = rates[3]
  beta2 = rates[4]
  c1 = torch.sub(1., torch.pow(beta1, step))
  c2 = torch.sub(1., torch.pow(beta2, step))
  j = offset
  for i in range(len(others)):
    if torch.gt(others[i].numel(), 0):
      g = grads[j]
      first[i].mul_(beta1).add_(g, alpha=torch.sub(1., beta1))
      second[i].mul_(beta2).addcmul_(g, g, value=torch.sub(1., beta2))
      others[i].addcdiv_(first[i], torch.add(torch.sqrt(torch.div(second[i], c2)), 1.0e-08), value=torch.neg(torch.div(rates[torch.add(5, i)], c1)))
      j = torch.add(j, 1)
  return None
