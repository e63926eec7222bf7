"""Where both executables of the built program start."""

import sys

from obsqra_desktop.__main__ import main

sys.exit(main())
