using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Risk;
using Fathom.Simulation.Faults;
using Fathom.Tests.Simulation.Faults.Laws;

namespace Fathom.Tests.Simulation.Faults;

/// <summary>Laws of each step, each broken on purpose.</summary>
public class JudgeTests
{
    private readonly TortureState _state = new(FaultSchedule.Parse("seed=1"), null);
    private readonly Judge _judge;
    private long _approval;

    public JudgeTests() => _judge = new Judge(_state, LawBench.Options with
    {
        Limits = new RiskLimits
        {
            PositionMax = Quantity.Units(10),
            QuantityMax = Quantity.Units(8),
            OrderRateMax = new OrderRate(4, Duration.FromMilliseconds(1_000)),
        },
    });

    [Fact]
    public void Orderly_life_breaks_nothing()
    {
        Submit(1, 3);
        Change(1, OrderStatus.None, OrderStatus.PendingNew, 3);
        Change(1, OrderStatus.PendingNew, OrderStatus.Open, 3);
        Change(1, OrderStatus.Open, OrderStatus.Open, 99);      // a replacement is refused: the terms are those that were asked for
        Change(1, OrderStatus.Open, OrderStatus.Canceled, 3);
        EndStep();

        Assert.Null(_state.Broken);
    }

    [Fact]
    public void Order_that_is_submitted_twice_is_found()
    {
        Submit(1, 3);
        Submit(1, 3);

        AssertBroken(TortureLaws.OnceOnly);
    }

    [Fact]
    public void Approval_that_is_left_out_is_found()
    {
        Submit(1, 3);
        _approval++;
        Submit(2, 3);

        AssertBroken(TortureLaws.OnceOnly);
    }

    [Fact]
    public void Gap_in_a_history_is_found()
    {
        Submit(1, 3);
        Change(1, OrderStatus.None, OrderStatus.PendingNew, 3);
        Change(1, OrderStatus.Open, OrderStatus.Canceled, 3);

        AssertBroken(TortureLaws.History);
    }

    [Fact]
    public void Change_after_the_end_is_found()
    {
        Submit(1, 3);
        Change(1, OrderStatus.None, OrderStatus.PendingNew, 3);
        Change(1, OrderStatus.PendingNew, OrderStatus.Rejected, 3);
        Change(1, OrderStatus.Rejected, OrderStatus.Open, 3);

        AssertBroken(TortureLaws.History);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Order_that_lives_again_has_to_be_announced(bool isAnnounced)
    {
        Submit(1, 3);
        Change(1, OrderStatus.None, OrderStatus.PendingNew, 3);
        Change(1, OrderStatus.PendingNew, OrderStatus.Rejected, 3);
        EndStep();
        Change(1, OrderStatus.None, OrderStatus.Open, 3);
        if (isAnnounced) ((IRunObserver)_judge).OnAnomaly(new AnomalyEvent { Kind = AnomalyKind.LiveAfterClose, ClientOrderId = Id(1) });
        EndStep();

        Assert.Equal(isAnnounced ? null : TortureLaws.History, _state.Broken?.Law);
    }

    [Fact]
    public void Unknown_orders_count_in_full_against_the_position_limit()
    {
        Submit(1, 6);
        Change(1, OrderStatus.None, OrderStatus.PendingNew, 6);
        Change(1, OrderStatus.PendingNew, OrderStatus.Unknown, 6);
        EndStep();
        Submit(2, 4);
        EndStep();
        Assert.Null(_state.Broken);

        Submit(3, 1);
        EndStep();

        AssertBroken(TortureLaws.Limits);
    }

    [Fact]
    public void Larger_replacement_counts_before_it_is_answered()
    {
        Submit(1, 3);
        Change(1, OrderStatus.None, OrderStatus.PendingNew, 3);
        Change(1, OrderStatus.PendingNew, OrderStatus.Open, 3);
        Command(1, 8, CommandKind.Replace);
        EndStep();
        Assert.Null(_state.Broken);

        Submit(2, 3);
        EndStep();

        AssertBroken(TortureLaws.Limits);
    }

    [Fact]
    public void What_only_reduces_is_left_out()
    {
        Submit(1, 8);
        Change(1, OrderStatus.None, OrderStatus.PendingNew, 8);
        Submit(2, 8, OrderFlags.ReduceOnly);
        EndStep();

        Assert.Null(_state.Broken);
    }

    [Fact]
    public void Quantity_above_its_limit_is_found()
    {
        Submit(1, 9);
        EndStep();

        AssertBroken(TortureLaws.Limits);
    }

    [Fact]
    public void Order_too_many_in_the_window_is_found()
    {
        for (ulong id = 1; id <= 4; id++) Submit(id, 1);
        EndStep();
        Assert.Null(_state.Broken);

        Submit(5, 1);
        EndStep();

        AssertBroken(TortureLaws.Limits);
    }

    [Theory]
    [InlineData(CommandKind.Submit, true)]
    [InlineData(CommandKind.Replace, true)]
    [InlineData(CommandKind.Cancel, false)]
    [InlineData(CommandKind.Query, false)]
    public void Nothing_that_trades_leaves_while_the_kill_switch_is_on(CommandKind kind, bool isBroken)
    {
        Operate(OperatorAction.Kill);
        Command(1, 1, kind);

        Assert.Equal(isBroken ? TortureLaws.KillSwitch : null, _state.Broken?.Law);
    }

    [Fact]
    public void Rearmed_it_may_leave_again()
    {
        Operate(OperatorAction.Kill);
        Operate(OperatorAction.Rearm);
        Submit(1, 1);

        Assert.Null(_state.Broken);
    }

    [Theory]
    [InlineData(AdjustedWant.Order, 2, 3, TortureLaws.States)]
    [InlineData(AdjustedWant.Order, 3, 2, null)]
    [InlineData(AdjustedWant.Target, -4, 2, null)]
    public void Risk_makes_no_order_larger(AdjustedWant want, long asked, long granted, string? law)
    {
        ((IRunObserver)_judge).OnAdjustment(new AdjustmentEvent { Want = want, Asked = Quantity.Units(asked), Granted = Quantity.Units(granted) });

        Assert.Equal(law, _state.Broken?.Law);
    }

    private void AssertBroken(string law) => Assert.Equal(law, _state.Broken?.Law);

    private void EndStep() => _judge.JudgeStep(null!);      // no execution: the engine is not looked at

    private void Submit(ulong id, long quantity, OrderFlags flags = OrderFlags.None) => Command(id, quantity, CommandKind.Submit, flags);

    private void Command(ulong id, long quantity, CommandKind kind, OrderFlags flags = OrderFlags.None) => ((IRunObserver)_judge).OnCommand(new OrderCommand
    {
        Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, new InstrumentId(0), new Timestamp(1_000), new Timestamp(1_000)),
        Approval = ++_approval,
        ClientOrderId = Id(id),
        Kind = kind,
        Side = Side.Buy,
        Quantity = Quantity.Units(quantity),
        Flags = flags,
    });

    private void Change(ulong id, OrderStatus from, OrderStatus to, long quantity) => ((IRunObserver)_judge).OnOrder(new OrderEvent
    {
        Header = MessageHeader.Create<OrderEvent>(MessageType.OrderEvent, 0, new InstrumentId(0), new Timestamp(1_000), new Timestamp(1_000)),
        ClientOrderId = Id(id),
        Side = Side.Buy,
        Quantity = Quantity.Units(quantity),
        From = from,
        To = to,
    });

    /// <summary>An operator says it, and the engine tells that it is done.</summary>
    private void Operate(OperatorAction action)
    {
        MessageHeader header = MessageHeader.Create<OperatorCommand>(MessageType.OperatorCommand, 0, InstrumentId.None, new Timestamp(1_000), new Timestamp(1_000));
        OperatorCommand command = new() { Header = header, Action = action, Strategy = OperatorCommand.AllStrategies, Reason = NoteText.Cut("checked") };
        _judge.NoteInput(Messages.AsBytes(in command));
        ((IRunObserver)_judge).OnKill(new KillEvent { Header = header, Output = new OutputHeader { Strategy = command.Strategy }, IsOn = action == OperatorAction.Kill ? (byte)1 : (byte)0 });
        EndStep();
    }

    private static ClientOrderId Id(ulong id) => ClientOrderId.Create(1, 0, id);
}
