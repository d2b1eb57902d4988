"""What a line of the journal is called, and for which unit its act was done: of the post that carries its duty there where it was
done (ADR 81, 88)."""

from django.apps import apps

from wanjia.kernel.acts import LINE_DUTIES, line_words
from wanjia.kernel.brings import gather
from wanjia.kernel.machine import machine_of

from . import scope

ANY = scope.any_post("an act that names no duty is done by whatever post works there")


def words():
    """Return {act: words} of everything that the journal can hold: moves, declared acts, what the apps bring."""
    return {**_moves(), **line_words(), **{line.act: line.words for line in gather("LINES")}}


def words_of(act):
    """Return what an act is called, or its code."""
    return words().get(act, act)


def _moves():
    machines = [machine for model in apps.get_models() if (machine := machine_of(model)) and machine.lines]
    return {f"{machine.name}.{move.name}": move.words for machine in machines for move in machine.moves.values()}


def duty_of(act):
    """Return the duty that a line of the journal goes by: as its act declares, or as the app says that brings the line."""
    return LINE_DUTIES.get(act) or next((line.duty for line in gather("LINES") if line.act == act), None) or ANY


def unit_for(actor, act, code=""):
    """Return the unit for which the actor did an act where `code` lies: of a post that carries its duty there, else of one that works there, else the main one."""
    duty = duty_of(act)
    return scope.unit(actor, duty=duty, code=code) or scope.unit(actor, duty=ANY, code=code) or scope.unit(actor, duty=duty) or actor.org
