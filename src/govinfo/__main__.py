"""`python -m govinfo`."""

from govinfo.cli import main

if __name__ == "__main__":
    main()
