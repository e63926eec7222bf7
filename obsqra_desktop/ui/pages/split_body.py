"""The body of a page with side cards."""

from obsqra_desktop.ui.pages.page import Body
from obsqra_desktop.ui.widgets.base import Notice
from obsqra_desktop.ui.widgets.columns import SIDE_WIDTH, Columns


class SplitBody(Body):
    """Two columns to fill; what has to be said stands first in the main one, nothing at first."""

    def __init__(self, side_width: int = SIDE_WIDTH) -> None:
        super().__init__()
        self.columns = Columns(side_width=side_width)
        self.column.addWidget(self.columns)
        self.notice = Notice()
        self.notice.hide()
        self.columns.main.addWidget(self.notice)
