import pytest

from sandbox.faults import NO_FAULT, Fault, FaultError, FaultPlan, read_fault


def test_faults_are_used_up_in_order() -> None:
    plan = FaultPlan()
    plan.add(Fault(fail=500))
    plan.add(Fault(reset=True))

    assert [plan.take("create"), plan.take("create"), plan.take("create")] == [
        Fault(fail=500),
        Fault(reset=True),
        NO_FAULT,
    ]


def test_a_fault_waits_for_its_operation_and_address() -> None:
    plan = FaultPlan()
    plan.add(Fault(fail=503), operation="create", address="+1")

    assert plan.take("list", "+1") == NO_FAULT
    assert plan.take("create", "+2") == NO_FAULT
    assert plan.take("create", "+1") == Fault(fail=503)


def test_a_fault_may_happen_several_times() -> None:
    plan = FaultPlan()
    plan.add(Fault(fail=429), times=2)

    assert [plan.take("x").fail for _ in range(3)] == [429, 429, None]


def test_reads_what_tests_post() -> None:
    assert read_fault({"timeout_after": 2, "duplicate_callbacks": True}) == Fault(
        timeout_after=2, duplicate_callbacks=True
    )


@pytest.mark.parametrize("given", [{"explode": 1}, {"fail": "500"}, {"reset": 1}, {"fail": True}])
def test_refuses_faults_it_does_not_know(given: dict[str, object]) -> None:
    with pytest.raises(FaultError):
        read_fault(given)
