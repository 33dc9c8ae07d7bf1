"""`python -m speechparse` is the command `speechparse`."""

from speechparse.cli import main

if __name__ == "__main__":
    main()
