"""A workbook's package: its parts, their relationships and content types."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.parsers import expat

from pipelines.intake.workbook import OOXML
from pipelines.returned.xmltext import Unpatchable, appended, attribute, prefix_of, prefixed

MAIN_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml."
PLAIN_BOOK = f"{TYPES}sheet.main+xml".encode()
MACRO_BOOK = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
CONTENT_TYPES = "[Content_Types].xml"
EPOCH = (1980, 1, 1, 0, 0, 0)
NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


class Package:
    """Parts by name, in the order of the archive. What is not set is written as it was read."""

    def __init__(self, content: bytes) -> None:
        if not content.startswith(OOXML):  # an .xls may hold a whole package within it
            raise Unpatchable("no package")
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                self.parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
                repeated = len(self.parts) != len(archive.infolist())
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
            raise Unpatchable("no package") from error
        if repeated or CONTENT_TYPES not in self.parts:
            raise Unpatchable("no package of one part a name")
        self._sent = dict(self.parts)
        self.workbook = self._workbook()

    def _workbook(self) -> str:
        for kind, target, _ in self.relations("").values():
            if kind == f"{RELATIONS}/officeDocument":
                return target
        raise Unpatchable("no workbook of the usual kind")

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Id -> (type, name of the part, whether it lies outside) of what a part refers to."""
        xml = self.parts.get(relations_name(part))
        if xml is None:
            return {}
        found = {}
        for relation in parsed(xml):
            target = unquote(relation.get("Target", "").replace("\\", "/"))
            outside = relation.get("TargetMode") == "External"
            name = target if outside else self._known(posixpath.dirname(part), target)
            found[relation.get("Id", "")] = (relation.get("Type", ""), name, outside)
        return found

    def related(self, part: str, kind: str) -> str | None:
        """The part of this kind that `part` refers to, None where there is none."""
        names = [
            name for type_, name, out in self.relations(part).values() if type_ == f"{RELATIONS}/{kind}" and not out
        ]
        if len(names) > 1 or any(name not in self.parts for name in names):
            raise Unpatchable(f"unclear {kind}")
        return names[0] if names else None

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let `part` refer to `target`; the new relationship's id."""
        taken, number = self.relations(part), 1
        while f"rId{number}" in taken:
            number += 1
        name = relations_name(part)
        xml = self.parts.get(name, NO_RELATIONS)
        child = f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="/{target}"/>'.encode()
        self.parts[name] = appended(xml, b"Relationships", prefixed(child, prefix_of(xml)))
        return f"rId{number}"

    def add(self, pattern: str, content: bytes, kind: str) -> str:
        """Add a part under the first free number of `pattern`, declared as `kind`; its name."""
        taken, number = {name.lower() for name in self.parts}, 1
        while pattern.format(number).lower() in taken:
            number += 1
        name = pattern.format(number)
        self.parts[name] = content
        types = self.parts[CONTENT_TYPES]
        extension = name.rpartition(".")[2]
        if extension == "xml":
            child = f'<Override PartName="/{name}" ContentType="{kind}"/>'
        elif not re.search(rb'\bExtension="%s"' % extension.encode(), types, re.IGNORECASE):
            child = f'<Default Extension="{extension}" ContentType="{kind}"/>'
        else:
            return name
        self.parts[CONTENT_TYPES] = appended(types, b"Types", prefixed(child.encode(), prefix_of(types)))
        return name

    def drop(self, part: str, of: str) -> None:
        """Take away a part that we had added, and its relationship with `of`."""
        gone = [id_ for id_, (_, name, _) in self.relations(of).items() if name == part]
        self._without(relations_name(of), b"Relationship", b"Id", gone)
        if self.parts[relations_name(of)].count(b"<") <= 3 and of != self.workbook:
            del self.parts[relations_name(of)]
        self._without(CONTENT_TYPES, b"Override", b"PartName", [f"/{part}"])
        self.parts.pop(relations_name(part), None)
        del self.parts[part]

    def _without(self, part: str, local: bytes, key: bytes, values: Iterable[str]) -> None:
        wanted = {value.encode() for value in values}

        def kept(tag: re.Match[bytes]) -> bytes:
            return b"" if attribute(tag[1], key) in wanted else tag[0]

        element = rb"<(?:\w+:)?" + local + rb"\b([^>]*?)(?:/>|>\s*</(?:\w+:)?" + local + rb">)"
        self.parts[part] = re.sub(element, kept, self.parts[part])

    def _known(self, folder: str, target: str) -> str:
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if path in self.parts:
            return path
        return next((name for name in self.parts if name.lower() == path.lower()), path)

    def written(self) -> bytes:
        """The archive, the same bytes for the same parts. Raises Unpatchable where a changed part is broken XML."""
        for name, content in self.parts.items():
            if self._sent.get(name) is not content and not name.endswith(".vml"):  # offices write VML that is no XML
                _check(content)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                entry = zipfile.ZipInfo(name, EPOCH)
                entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 0
                archive.writestr(entry, content)
        return out.getvalue()


def relations_name(part: str) -> str:
    """Where the relationships of a part stand; those of the package itself for the empty name."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _check(xml: bytes) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise Unpatchable("broken XML") from error


def parsed(xml: bytes) -> ElementTree.Element:
    """The XML of a part. Raises Unpatchable where it is none."""
    if b"<!DOCTYPE" in xml:
        raise Unpatchable("document type")
    try:
        return ElementTree.fromstring(xml)  # noqa: S314 (no document type: nothing to expand)
    except ElementTree.ParseError as error:
        raise Unpatchable("broken XML") from error
