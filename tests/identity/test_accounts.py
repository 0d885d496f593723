"""Guessing is stopped, nobody learns who has an account, administrators stay separated."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from dashboard.identity.accounts import OF_DEVICES, AccountRefused, check_roles
from dashboard.identity.gate import Gate
from dashboard.identity.rates import Rates, Rule
from pipelines.contract.roles import ADMINS, ROLES

from .conftest import PASSWORD, Hand, person


def refused(gate: Gate, user: str, password: str, address: str = "10.0.0.1") -> tuple[str, str]:
    with pytest.raises(AccountRefused) as error:
        gate.accounts.enter(user, password, address)
    return error.value.code, str(error.value)


@pytest.mark.parametrize("user", ["li", "nobody"])
def test_five_wrong_tries_lock_an_account_for_a_quarter_of_an_hour(gate: Gate, hand: Hand, user: str) -> None:
    person(gate)
    for n in range(5):
        assert refused(gate, user, "wrong password", f"10.0.0.{n}")[0] == "wrong"
    assert refused(gate, user, PASSWORD, "10.0.0.9")[0] == "locked"
    hand.pass_(minutes=14.9)
    assert refused(gate, user, PASSWORD, "10.0.0.9")[0] == "locked"
    hand.pass_(minutes=0.2)
    if user == "li":
        assert gate.accounts.enter("li", PASSWORD, "10.0.0.9").user == "li"


def test_five_wrong_tries_lock_an_address_whatever_it_guesses(gate: Gate) -> None:
    person(gate)
    for n in range(5):
        refused(gate, f"user{n}", "wrong password", "10.9.9.9")
    assert refused(gate, "li", PASSWORD, "10.9.9.9")[0] == "locked"
    assert gate.accounts.enter("li", PASSWORD, "10.0.0.2").user == "li"


def test_one_right_password_forgets_the_wrong_ones(gate: Gate) -> None:
    person(gate)
    for n in range(12):
        if n % 4 == 3:
            gate.accounts.enter("li", PASSWORD, f"10.0.1.{n}")
        else:
            assert refused(gate, "li", "wrong password", f"10.0.0.{n}")[0] == "wrong"


def test_nobody_learns_who_has_an_account(gate: Gate) -> None:
    person(gate)
    person(gate, "wang")
    gate.accounts.save(type(gate.accounts.known("wang"))(
        user="wang", name="", roles=frozenset({"dispatcher"}), areas=frozenset({"11"}), disabled=True,
        password=gate.accounts.known("wang").password,
    ))  # fmt: skip
    checked = []
    original = PasswordHasher.verify

    def verify(self: PasswordHasher, hashed: str, password: str) -> bool:
        checked.append(hashed.split("$")[3])
        return bool(original(self, hashed, password))

    with patch.object(PasswordHasher, "verify", verify):
        answers = {refused(gate, user, PASSWORD + "!", "10.0.0.7") for user in ("li", "nobody", "wang")}
    assert len(answers) == 1, "the answer is the same"
    assert len(checked) == 3
    assert len(set(checked)) == 1, "the same work is done for each"


@given(st.frozensets(st.sampled_from(sorted(ROLES))))
def test_administrators_are_separated(roles: frozenset[str]) -> None:
    allowed = bool(roles) and not roles & OF_DEVICES and (not roles & ADMINS or len(roles) == 1)
    if allowed:
        assert check_roles(roles) == roles
    else:
        with pytest.raises(AccountRefused):
            check_roles(roles)


def test_a_bucket_lets_through_what_its_rule_says() -> None:
    rates = Rates((Rule("POST", "/api/sign-in", 3, 6),))
    assert [rates.wait("a", "POST", "/api/sign-in", 0) for _ in range(4)] == [0, 0, 0, 10]
    assert rates.wait("b", "POST", "/api/sign-in/demo", 0) == 0
    assert rates.wait("a", "GET", "/api/sign-in", 0) == 0
    assert rates.wait("a", "POST", "/api/sign-in", 10.1) == 0
    assert rates.wait("a", "POST", "/api/sign-in", 10.2) > 0
