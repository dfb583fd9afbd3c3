"""What a template may say: goes through a parsed template once, before it is ever filled in.

The language is jinja2 without what could loop for ever, grow without end or reach outside: no calls, macros, assignments,
includes, powers or string arithmetic. What is left is bounded by the sandbox, which every value is routed through.
"""

from typing import NoReturn

from jinja2 import nodes

from contractor_ops.planning.wording_sandbox import EACH, LOOKED_UP, PRINTED, Language
from contractor_ops.tomlfile import did_you_mean

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Filter,
    nodes.Test, nodes.CondExpr, nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div,
    nodes.Neg, nodes.Pos, nodes.List, nodes.Tuple, nodes.Keyword, nodes.If, nodes.For,
)  # fmt: skip
_FORBIDDEN: dict[type[nodes.Node], str] = {
    nodes.Call: "brackets after a name; there are filters instead, as in {{ title|upper }}",
    nodes.Concat: '"~"; write the parts side by side', nodes.Pow: '"**"', nodes.Mod: '"%"', nodes.FloorDiv: '"//"',
    nodes.Assign: "{% set %}", nodes.AssignBlock: "{% set %}", nodes.Macro: "{% macro %}", nodes.CallBlock: "{% call %}",
    nodes.Include: "{% include %}", nodes.Import: "{% import %}", nodes.FromImport: "{% import %}", nodes.Extends: "{% extends %}",
    nodes.Block: "{% block %}", nodes.With: "{% with %}", nodes.FilterBlock: "{% filter %}", nodes.Dict: "{ … } as a value",
}  # fmt: skip


class Mistake(Exception):
    """The template uses something that the language lacks, in this line."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class Reader:
    """Refuses what the language lacks, notes names, and routes values through the sandbox.

    `names` maps each name that the template uses ("customer.first_name") to its line; what a loop's variable stands for is
    told by its list ("rows.total").
    """

    def __init__(self, language: Language) -> None:
        self.filters = {name for name in language.filters if " " not in name}
        self.tests = set(language.tests)
        self.names: dict[str, int] = {}
        self._loops: list[dict[str, str | None]] = []

    def read(self, node: nodes.Node) -> nodes.Node:
        """The node as the sandbox runs it. Raises Mistake."""
        if not isinstance(node, _ALLOWED):
            _refuse(f"a message cannot use {_FORBIDDEN.get(type(node), 'this')}", node)
        match node:
            case nodes.Name(ctx="load") | nodes.Getattr() | nodes.Getitem() if path := _path(node):
                return self._value(node, path)
            case nodes.Output():
                node.nodes = [child if isinstance(child, nodes.TemplateData) else self._printed(child) for child in node.nodes]
                return node
            case nodes.For():
                return self._loop(node)
            case nodes.Filter() if node.name not in self.filters:
                _refuse(f'"{node.name}" is no filter; {did_you_mean(node.name, self.filters)}', node)
            case nodes.Test() if node.name not in self.tests:
                _refuse(f'"is {node.name}" is no test; {did_you_mean(node.name, self.tests)}', node)
            case nodes.List() | nodes.Tuple() if any(_is_list(inner) for inner in node.find_all(nodes.Expr)):
                _refuse("a message cannot use a list inside a list", node)  # they could grow without end
        return self._parts(node)

    def _parts(self, node: nodes.Node) -> nodes.Node:
        for name, value in node.iter_fields():
            if isinstance(value, nodes.Node):
                setattr(node, name, self.read(value))
            elif isinstance(value, list):
                setattr(node, name, [self.read(part) if isinstance(part, nodes.Node) else part for part in value])
        return node

    def _loop(self, node: nodes.For) -> nodes.For:
        if node.recursive or not isinstance(node.target, nodes.Name):
            _refuse("a loop must read {% for row in rows %}", node)
        source: nodes.Node | None = node.iter
        while isinstance(source, nodes.Filter):
            source = source.node
        path = _path(source) if source else None
        listed = self._real_name(path) if path else None
        node.iter = _through(EACH, self.read(node.iter), path or "a list")
        node.else_ = [self.read(child) for child in node.else_]
        self._loops.append({node.target.name: listed, "loop": None})
        node.test = self.read(node.test) if node.test else None
        node.body = [self.read(child) for child in node.body]
        self._loops.pop()
        return node

    def _printed(self, child: nodes.Expr) -> nodes.Expr:
        names = (path for node in (child, *child.find_all(nodes.Expr)) if (path := _path(node)))
        label = next(names, "an expression")
        return _through(PRINTED, self.read(child), label, isinstance(child, nodes.CondExpr))

    def _value(self, node: nodes.Node, path: str) -> nodes.Expr:
        name = self._real_name(path)
        if name:
            self.names.setdefault(name, node.lineno)
        return _through(LOOKED_UP, node, path)

    def _real_name(self, path: str) -> str | None:
        """The name with a loop's variable told by its list; None where that list has no name."""
        plain = ".".join(part.partition("[")[0] for part in path.split("."))
        head, _, rest = plain.partition(".")
        for loop in reversed(self._loops):
            if head in loop:
                listed = loop[head]
                return f"{listed}.{rest}" if listed and rest else listed
        return plain


def _refuse(message: str, node: nodes.Node) -> NoReturn:
    raise Mistake(message, node.lineno)


def _is_list(node: nodes.Node) -> bool:
    return isinstance(node, nodes.List | nodes.Tuple)


def _through(step: str, node: nodes.Node, *arguments: object) -> nodes.Filter:
    constants = [nodes.Const(argument, lineno=node.lineno) for argument in arguments]
    return nodes.Filter(node, step, constants, [], None, None, lineno=node.lineno)


def _path(node: nodes.Node) -> str | None:
    """The name that a node stands for: "customer.first_name", "rows[0].number"; None for anything else."""
    if isinstance(node, nodes.Name):
        return node.name if node.ctx == "load" else None
    if not isinstance(node, nodes.Getattr | nodes.Getitem):
        return None
    before = _path(node.node)
    if before is None:
        return None
    if isinstance(node, nodes.Getattr):
        return f"{before}.{node.attr}"
    key = node.arg.value if isinstance(node.arg, nodes.Const) else None
    return f"{before}.{key}" if isinstance(key, str) else f"{before}[{key}]" if isinstance(key, int) else None
