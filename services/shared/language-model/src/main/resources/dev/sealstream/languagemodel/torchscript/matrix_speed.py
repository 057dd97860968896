# Matrix products and nothing else: how fast this machine can multiply.

class MatrixSpeed(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # n x n operands of ones over n, so that products stay 1/n: neither overflow nor denormal numbers slow anything down
  # packed: oneDNN's product with its second operand in the order it wants, instead of the engine's own choice
  def multiply(self: __torch__.MatrixSpeed, like: Tensor, n: int, bfloat16: bool, packed: bool, products: int) -> Tensor:
    torch.set_grad_enabled(False)
    kind = 6
    if bfloat16:
      kind = 15
    a = torch.div(torch.ones([n, n], dtype=kind, layout=None, device=like.device), n)
    b = torch.div(torch.ones([n, n], dtype=kind, layout=None, device=like.device), n)
    if packed:
      b = ops.mkldnn._reorder_linear_weight(b, n)
    c = a
    no_scalars = annotate(List[Optional[number]], [])
    for i in range(products):
      if packed:
        c = ops.mkldnn._linear_pointwise(a, b, None, "none", no_scalars, "")
      else:
        c = torch.linear(a, b, None)
    return torch.to(c[0][0], 6)

  def can_pack(self: __torch__.MatrixSpeed, like: Tensor, bfloat16: bool) -> Tensor:
    can = not like.is_cuda
    if can and bfloat16:
      can = ops.mkldnn._is_mkldnn_bf16_supported()
    return torch.mul(torch.ones_like(like), float(can))
