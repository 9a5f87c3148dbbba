using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Simulation.Faults;
using Fathom.Simulation.Faults.Laws;

namespace Fathom.Tests.Simulation.Faults.Laws;

/// <summary>What laws go by, written down by hand: orders that leave, executions and marks. Two strategies, two instruments (X: 10 money a point and unit, Y: 1), 1,000 of cash.</summary>
internal sealed class LawBench
{
    private long _approval;
    private ulong _execution;

    public LawBench(EngineOptions options)
    {
        Orders = new OrderShadows(State);
        Ledger = new ExecutionLedger(Orders.OwnerOf);
        Marks = new MarkWitness(options.Currency, options.Rates);
        Equity = new EquityWitness(Ledger, Marks, options.Cash);
        Limits = new StatedLimits(options);
    }

    public TortureState State { get; } = new(FaultSchedule.Parse("seed=1"), null);
    public OrderShadows Orders { get; }
    public ExecutionLedger Ledger { get; }
    public MarkWitness Marks { get; }
    public EquityWitness Equity { get; }
    public StatedLimits Limits { get; }

    public static InstrumentId X { get; } = new(0);
    public static InstrumentId Y { get; } = new(1);

    public static EngineOptions Options { get; } = new()
    {
        Currency = CurrencyCode.TryParse("USD", out CurrencyCode dollars) ? dollars : CurrencyCode.None,
        Cash = 1_000,
        Strategies = [new NamedStrategy("first", new RandomTrader()), new NamedStrategy("second", new RandomTrader())],
    };

    public static ClientOrderId Id(ulong id, ushort strategy = 0) => ClientOrderId.Create(1, strategy, id);

    /// <summary>An order leaves.</summary>
    public OrderCommand Submit(ulong id, long quantity, Side side = Side.Buy, ushort strategy = 0, InstrumentId? instrument = null, long atMs = 0, bool isReduceOnly = false) =>
        Command(CommandKind.Submit, id, quantity, side, strategy, instrument, atMs, isReduceOnly);

    public OrderCommand Command(CommandKind kind, ulong id, long quantity, Side side = Side.Buy, ushort strategy = 0, InstrumentId? instrument = null, long atMs = 0, bool isReduceOnly = false)
    {
        OrderCommand command = new()
        {
            Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, instrument ?? X, Time(atMs), Time(atMs)),
            Output = new OutputHeader { Strategy = strategy },
            Approval = ++_approval,
            ClientOrderId = Id(id, strategy),
            Kind = kind,
            Side = side,
            Type = OrderType.Limit,
            Price = Price.From(100),
            Quantity = Quantity.Units(quantity),
            Flags = isReduceOnly ? OrderFlags.ReduceOnly : OrderFlags.None,
        };
        Orders.NoteCommand(in command);
        return command;
    }

    /// <summary>An execution of an order reaches the engine.</summary>
    public void Fill(ulong id, long quantity, decimal price, Side side = Side.Buy, ushort strategy = 0, InstrumentId? instrument = null)
    {
        OrderReport fill = new()
        {
            Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, 0, instrument ?? X, Time(0), Time(0)),
            Kind = ReportKind.Filled,
            ClientOrderId = Id(id, strategy),
            ExecutionId = new ExecutionId(0, ++_execution),
            Side = side,
            LastPrice = Price.From(price),
            LastQuantity = Quantity.Units(quantity),
        };
        Assert.True(Ledger.TryAdd(in fill));
        Orders.NoteFill(fill.ClientOrderId, fill.LastQuantity);
    }

    /// <summary>A position without an order that lives.</summary>
    public void Hold(ulong id, long quantity, decimal price, ushort strategy = 0, InstrumentId? instrument = null)
    {
        Side side = quantity > 0 ? Side.Buy : Side.Sell;
        Submit(id, Math.Abs(quantity), side, strategy, instrument);
        Fill(id, Math.Abs(quantity), price, side, strategy, instrument);
        End(id, side, strategy, instrument);
    }

    public void End(ulong id, Side side = Side.Buy, ushort strategy = 0, InstrumentId? instrument = null)
    {
        OrderEvent over = new()
        {
            Header = MessageHeader.Create<OrderEvent>(MessageType.OrderEvent, 0, instrument ?? X, Time(0), Time(0)),
            Output = new OutputHeader { Strategy = strategy },
            ClientOrderId = Id(id, strategy),
            Side = side,
            To = OrderStatus.Filled,
        };
        Orders.NoteChange(in over);
    }

    public void Mark(decimal mid, InstrumentId? instrument = null)
    {
        InstrumentDefinition definition = new()
        {
            Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, 0, instrument ?? X, Time(0), Time(0)),
            Symbol = SymbolText.From((instrument ?? X) == X ? "X" : "Y"),
            MultiplierNanos = (instrument ?? X) == X ? 10 * Price.Scale : Price.Scale,
        };
        Marks.Note(in definition, Price.From(mid - 1), Price.From(mid + 1));
    }

    public void AssertBroken(string? law) => Assert.Equal(law, State.Broken?.Law);

    public static Timestamp Time(long milliseconds) => new(1_767_621_600_000_000_000 + milliseconds * 1_000_000);
}
