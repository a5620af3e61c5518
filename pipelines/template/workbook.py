"""One RT's workbook as bytes: the same for the same RT, period and accepted rows."""

import datetime as dt
import io

import xlsxwriter

from pipelines.inert import INERT_WORKBOOK
from pipelines.periods import Period
from pipelines.template.accepted import Accepted
from pipelines.template.choices import registers
from pipelines.template.form import write_form
from pipelines.template.guide import write_guide
from pipelines.template.lists import write_lists
from pipelines.template.looks import Looks
from pipelines.template.recipient import Recipient
from pipelines.template.wording import GUIDE, LISTS

LONGEST_SHEET_NAME = 31


def make_workbook(to: Recipient, period: Period, accepted: Accepted) -> bytes:
    """The guide, one sheet a dataset, and the code lists."""
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, INERT_WORKBOOK)
    made = dt.datetime.combine(period.reference_date, dt.time(8))  # not today: equal contents give equal bytes
    workbook.set_properties({"title": f"{to.name} - {period}", "author": to.kelurahan, "created": made})
    looks = Looks(workbook)
    write_guide(workbook.add_worksheet(GUIDE), to, period, accepted, looks)
    for dataset in registers():
        sheet = workbook.add_worksheet(dataset.about().title[:LONGEST_SHEET_NAME])
        write_form(sheet, dataset, accepted.rows.get(dataset.about().name, []), to, period, looks)
    write_lists(workbook, workbook.add_worksheet(LISTS), looks)
    workbook.close()
    return content.getvalue()
