using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Simulation.Faults;
using Fathom.Simulation.Faults.Laws;

namespace Fathom.Tests.Simulation.Faults.Laws;

public class KillLawTests
{
    private const ushort All = OperatorCommand.AllStrategies;

    private readonly LawBench _bench = new(LawBench.Options);
    private readonly KillLaw _law;

    public KillLawTests() => _law = new KillLaw(_bench.State, _bench.Orders, _bench.Ledger);

    [Theory]
    [InlineData(All, -1, TortureLaws.KillSwitch)]
    [InlineData(0, -1, TortureLaws.KillSwitch)]
    [InlineData(1, -1, null)]
    [InlineData(All, 0, TortureLaws.KillSwitch)]
    [InlineData(All, 1, null)]
    [InlineData(0, 1, null)]
    [InlineData(0, 0, TortureLaws.KillSwitch)]
    public void It_stops_what_is_in_its_scope(ushort strategy, int instrument, string? law)
    {
        TurnOn(strategy, instrument < 0 ? InstrumentId.None : new InstrumentId(instrument));
        Leave(_bench.Submit(1, 1));

        _bench.AssertBroken(law);
    }

    [Fact]
    public void Cancels_leave()
    {
        Leave(_bench.Submit(1, 1));
        TurnOn(All, InstrumentId.None);
        Leave(_bench.Command(CommandKind.Cancel, 1, 1));

        _bench.AssertBroken(null);
    }

    [Fact]
    public void Strategys_own_counts_from_when_it_was_told()
    {
        Leave(_bench.Submit(1, 1));
        Tell(0, InstrumentId.None, isOn: true);
        Leave(_bench.Command(CommandKind.Replace, 1, 1));

        _bench.AssertBroken(TortureLaws.KillSwitch);
    }

    [Theory]
    [InlineData("checked", null)]
    [InlineData(" ", TortureLaws.Rearm)]
    public void Operator_turns_it_off_with_a_reason_alone(string reason, string? law)
    {
        TurnOn(All, InstrumentId.None);
        Operate(OperatorAction.Rearm, All, InstrumentId.None, reason);
        Tell(All, InstrumentId.None, isOn: false);
        _law.JudgeStep();

        _bench.AssertBroken(law);
    }

    [Fact]
    public void Another_scopes_reason_is_none()
    {
        TurnOn(0, InstrumentId.None);
        Operate(OperatorAction.Rearm, All, InstrumentId.None, "checked");
        Tell(0, InstrumentId.None, isOn: false);

        _bench.AssertBroken(TortureLaws.Rearm);
    }

    [Fact]
    public void Operator_who_is_not_heard_is_found()
    {
        Operate(OperatorAction.Kill, All, InstrumentId.None);
        _law.JudgeStep();

        _bench.AssertBroken(TortureLaws.KillSwitch);
    }

    [Fact]
    public void Reason_that_does_not_help_is_found()
    {
        TurnOn(All, InstrumentId.None);
        Operate(OperatorAction.Rearm, All, InstrumentId.None, "checked");
        _law.JudgeStep();

        _bench.AssertBroken(TortureLaws.Rearm);
    }

    [Theory]
    [InlineData(3, true, ReasonCode.Liquidation, null)]
    [InlineData(4, true, ReasonCode.Liquidation, TortureLaws.KillSwitch)]
    [InlineData(3, false, ReasonCode.Liquidation, TortureLaws.KillSwitch)]
    [InlineData(3, true, ReasonCode.None, TortureLaws.KillSwitch)]
    [InlineData(3, true, ReasonCode.StopLoss, null)]
    public void One_that_closes_lets_the_engines_own_way_out_pass(long quantity, bool isReduceOnly, ReasonCode reason, string? law)
    {
        _bench.Hold(1, 3, 100);
        TurnOn(All, InstrumentId.None, flattens: true);
        Leave(_bench.Submit(2, quantity, Side.Sell, isReduceOnly: isReduceOnly) with { Reason = reason });

        _bench.AssertBroken(law);
    }

    private void Leave(OrderCommand command)
    {
        _law.Note(in command);
        _law.JudgeStep();
    }

    private void TurnOn(ushort strategy, InstrumentId instrument, bool flattens = false)
    {
        Operate(OperatorAction.Kill, strategy, instrument, "", flattens);
        Tell(strategy, instrument, isOn: true);
        _law.JudgeStep();
    }

    private void Operate(OperatorAction action, ushort strategy, InstrumentId instrument, string reason = "", bool flattens = false)
    {
        OperatorCommand command = new()
        {
            Header = MessageHeader.Create<OperatorCommand>(MessageType.OperatorCommand, 0, instrument, LawBench.Time(0), LawBench.Time(0)),
            Action = action,
            Strategy = strategy,
            Flattens = flattens ? (byte)1 : (byte)0,
            Reason = NoteText.Cut(reason),
        };
        _law.NoteOperator(in command);
    }

    private void Tell(ushort strategy, InstrumentId instrument, bool isOn)
    {
        KillEvent told = new()
        {
            Header = MessageHeader.Create<KillEvent>(MessageType.KillEvent, 0, instrument, LawBench.Time(0), LawBench.Time(0)),
            Output = new OutputHeader { Strategy = strategy },
            IsOn = isOn ? (byte)1 : (byte)0,
        };
        _law.Note(in told);
    }
}
