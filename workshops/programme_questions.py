"""What a programme leaves open is asked as everywhere: see ``members.questions``."""

from members.questions import BETWEEN, NONE, Answers, Question, ask

__all__ = ["BETWEEN", "NONE", "Answers", "Question", "ask"]
