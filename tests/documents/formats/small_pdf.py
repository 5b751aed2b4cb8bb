"""Writes small PDF files: words at places, and pictures."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Words on a page of 595 by 842 points; `y` is measured from the lower edge."""

    x: float
    y: float
    text: str
    size: float = 10
    font: str = "Helvetica"


PICTURE = "picture"
"""Stands for a page with a picture and nothing else."""

Page = list[Words] | str


def column(x: float, y: float, lines: list[str], size: float = 10) -> list[Words]:
    """Lines below one another."""
    return [Words(x, y - 1.2 * size * at, line, size) for at, line in enumerate(lines)]


def small_pdf(pages: list[Page], *, title: str = "", labels: str = "") -> bytes:
    """A PDF file with these pages. `labels` is the style of page labels, such as "/r" for small Roman numbers."""
    fonts = {"Helvetica": 3, "Helvetica-Bold": 4, "Courier": 5}
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {f'/PageLabels << /Nums [0 << /S {labels} >>] >>' if labels else ''} >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{8 + 2 * at} 0 R' for at in range(len(pages)))}] >>",
        *(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>" for name in fonts),
        _stream(
            "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "a"
        ),
        f"<< /Title ({title}) /CreationDate (D:20210304050607Z) >>",
    ]
    resources = (
        f"<< /Font << {' '.join(f'/{name} {at} 0 R' for name, at in fonts.items())} >> /XObject << /P 6 0 R >> >>"
    )
    for at, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {resources} /Contents {9 + 2 * at} 0 R >>"
        )
        objects.append(_stream("<<", _drawn(page)))
    body = "%PDF-1.4\n"
    places = []
    for number, made in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{made}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R /Info 7 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("cp1252")


def _drawn(page: Page) -> str:
    if isinstance(page, str):
        return "q 500 0 0 700 50 50 cm /P Do Q"
    return "\n".join(f"BT /{one.font} {one.size} Tf {one.x} {one.y} Td ({_escaped(one.text)}) Tj ET" for one in page)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _stream(head: str, data: str) -> str:
    return f"{head} /Length {len(data)} >>\nstream\n{data}\nendstream"
