using Fathom.Domain.Snapshots;
using Fathom.Domain.Values;

namespace Fathom.Tests.Domain.Snapshots;

public class SnapshotExchangeTests
{
    private readonly SnapshotExchange _exchange = new();
    private int _taken;

    [Fact]
    public void Who_does_not_ask_gets_nothing_and_costs_nothing()
    {
        Func<EngineSnapshot> take = Take;
        Assert.Equal(0, Allocated.AtLeast(() =>
        {
            for (int i = 0; i < 1_000; i++) _exchange.Answer(take);
        }));
        Assert.Equal(0, _taken);
        Assert.Null(_exchange.Newest);
    }

    [Fact]
    public void One_snapshot_answers_all_that_asked_before_it_and_nobody_after_it()
    {
        long first = _exchange.Request(), second = _exchange.Request();
        Assert.False(_exchange.TryRead(first, out _));
        _exchange.Answer(Take);
        _exchange.Answer(Take);
        Assert.Equal(1, _taken);
        Assert.True(_exchange.TryRead(first, out EngineSnapshot? told) && _exchange.TryRead(second, out EngineSnapshot? same) && ReferenceEquals(told, same));
        Assert.Same(told, _exchange.Newest);

        long third = _exchange.Request();
        Assert.False(_exchange.TryRead(third, out _));
        _exchange.Answer(Take);
        Assert.True(_exchange.TryRead(third, out EngineSnapshot? next));
        Assert.Equal(2, next.InputNumber);
        Assert.Equal(1, told.InputNumber);
    }

    /// <summary>A request that comes while the snapshot is being taken may have come too late for it.</summary>
    [Fact]
    public void Who_asks_while_a_snapshot_is_taken_waits_for_the_next()
    {
        long late = 0;
        _exchange.Request();
        _exchange.Answer(() =>
        {
            late = _exchange.Request();
            return Take();
        });
        Assert.False(_exchange.TryRead(late, out _));
        _exchange.Answer(Take);
        Assert.True(_exchange.TryRead(late, out _));
    }

    [Fact]
    public void At_the_end_the_last_snapshot_answers_everybody()
    {
        long waiting = _exchange.Request();
        Assert.False(_exchange.IsClosed);
        _exchange.Conclude(Take());
        _exchange.Answer(Take);
        Assert.True(_exchange.IsClosed && _exchange.TryRead(waiting, out _) && _exchange.TryRead(_exchange.Request(), out _));
        _exchange.Close();
        Assert.Equal((1, 1L), (_taken, _exchange.Newest!.InputNumber));
    }

    [Fact]
    public void A_run_that_broke_off_leaves_what_there_was()
    {
        _exchange.Close();
        Assert.False(_exchange.TryRead(_exchange.Request(), out _));
        Assert.True(_exchange.IsClosed);
    }

    private EngineSnapshot Take() => new()
    {
        InputNumber = ++_taken,
        Clock = Timestamp.Earliest,
        IsFinal = false,
        Owners = [],
        Instruments = [],
        InstrumentCount = 0,
        Risk = new RiskSnapshot
        {
            IsKillSwitchOn = false,
            KillSwitchSince = Timestamp.None,
            IsReconciled = true,
            OrdersInWindow = 0,
            OrderRateMax = null,
            OrderRateWindow = Duration.Zero,
            Refusals = [],
            Exposures = [],
        },
        Orders = [],
        Positions = [],
        Currency = CurrencyCode.None,
        Money = [],
        Totals = null,
    };
}
