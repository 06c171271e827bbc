"""The places at which ``make mutants`` changes a module: one each, turned around or left out.

What is compared and what is asked; ``and`` and ``or``; numbers, plus and minus; a call for what it does; what
a query asks for, and in which order. Left as they are: annotations, what is logged, and what a class has
beside its methods (fields and constraints stand in migrations, too).
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

#: What stands in for what.
INSTEAD: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
}
#: The same in the names of what a query asks for.
LOOKUPS = {"lt": "lte", "lte": "lt", "gt": "gte", "gte": "gt"}
ASKING = ("filter", "exclude", "Q", "order_by")
#: Arguments whose change nothing could tell: a frozen class, a list of single values.
ALL_THE_SAME = ("frozen", "flat")


@dataclass(frozen=True)
class Mutant:
    """A module with one place changed: ``line`` of it now reads ``text``.

    ``function`` is the line in which the function around it begins; ``None`` for what is done at import.
    """

    line: int
    text: str
    tree: ast.Module
    function: int | None


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every module that differs from this one in one place."""
    for number in range(sum(1 for _ in _places(ast.parse(source)))):
        tree = ast.parse(source)
        node, change = list(_places(tree))[number]
        change()
        ast.fix_missing_locations(tree)
        around = [first for first, function in functions(tree) if _is_in(node, function)]
        yield Mutant(node.lineno, _text(node), tree, around[0] if around else None)


def functions(tree: ast.Module) -> Iterator[tuple[int, ast.FunctionDef]]:
    """Yield the functions and methods of a module, with the line in which each begins."""
    for statement in tree.body:
        for one in statement.body if isinstance(statement, ast.ClassDef) else [statement]:
            if isinstance(one, ast.FunctionDef):
                yield min([one.lineno, *(decorator.lineno for decorator in one.decorator_list)]), one


def noting_calls(source: str, note: str) -> ast.Module:
    """Return the module as it is, but that each function first gives its line to ``note``."""
    tree = ast.parse(source)
    for first, function in functions(tree):
        function.body.insert(0, ast.parse(f"{note}({first})").body[0])
    return ast.fix_missing_locations(tree)


def _is_in(node: ast.AST, function: ast.FunctionDef) -> bool:
    return any(each is node for each in ast.walk(function))


def _text(node: ast.expr | ast.stmt) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        node = ast.Call(ast.Name(node.func.attr), node.args, node.keywords)
    return ast.unparse(node).split("\n")[0][:120]


def _places(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.stmt, Callable[[], object]]]:
    for node in _walk(tree):
        if isinstance(node, ast.expr | ast.stmt):
            for change in _changes(node):
                yield node, change


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(node, ast.ClassDef) and not isinstance(child, ast.FunctionDef):
                continue
            if isinstance(child, ast.AST) and getattr(child, "arg", None) not in ALL_THE_SAME:
                yield from _walk(child)


def _changes(node: ast.expr | ast.stmt) -> Iterator[Callable[[], object]]:
    match node:
        case ast.Compare(ops=ops):
            for number, op in enumerate(ops):
                yield partial(ops.__setitem__, number, INSTEAD[type(op)]())
        case ast.BoolOp(op=op) | ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in INSTEAD:
            yield partial(setattr, node, "op", INSTEAD[type(op)]())
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield partial(setattr, node, "operand", ast.UnaryOp(ast.Not(), operand))
        case ast.If(test=test) | ast.IfExp(test=test) if not isinstance(test, ast.UnaryOp | ast.Compare):
            yield partial(setattr, node, "test", ast.UnaryOp(ast.Not(), test))
        case ast.Constant(value=bool(value)):
            yield partial(setattr, node, "value", not value)
        case ast.Constant(value=int(value)):
            yield partial(setattr, node, "value", value + 1)
        case ast.Expr(value=ast.Call(func=function)) if not ast.unparse(function).startswith("logger."):
            yield partial(setattr, node, "value", ast.Constant(None))
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in ASKING:
            yield from _less(node)


def _less(call: ast.Call) -> Iterator[Callable[[], object]]:
    """What a query asks for, one thing left out or its limit taken in."""
    for number in range(len(call.args)):
        yield partial(call.args.pop, number)
    for number, keyword in enumerate(call.keywords):
        yield partial(call.keywords.pop, number)
        field, _, lookup = (keyword.arg or "").rpartition("__")
        if lookup in LOOKUPS:
            yield partial(setattr, keyword, "arg", f"{field}__{LOOKUPS[lookup]}")
