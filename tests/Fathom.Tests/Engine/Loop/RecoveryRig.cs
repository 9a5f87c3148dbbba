using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;

namespace Fathom.Tests.Engine.Loop;

/// <summary>An engine with one buy of 5 at 9.99 that left for a venue which answers what the test says, report numbers included.</summary>
internal sealed class RecoveryRig : IDisposable
{
    private long _number;
    private ulong _execution = 100;

    public RecoveryRig(RecoveryOptions? recovery = null, bool isAccepted = true, RiskLimits? limits = null)
    {
        Rig = new EngineRig(Strategy, limits, recovery: recovery);
        Rig.Define();
        Ask(context => Order = context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.99m, 5m)));
        if (isAccepted) Report(ReportKind.Accepted);
    }

    public EngineRig Rig { get; }
    public ScriptedStrategy Strategy { get; } = new();
    public ClientOrderId Order { get; private set; }
    public Order Live => Rig.Engine.Orders.TryFind(Order, out Order? order) ? order : throw new InvalidOperationException("the order is over");
    public bool IsLive => Rig.Engine.Orders.TryFind(Order, out _);
    public decimal Position => Rig.Engine.Account.Strategy(0).Quantity(EngineRig.Crude).ToDecimal();
    public OrderCommand Question => Rig.Questions[^1];

    /// <summary>Number of the venue's newest report, lost ones included.</summary>
    public long Number => _number;

    public void Dispose() => Rig.Dispose();

    /// <summary>What the strategy asks for takes effect after its next callback.</summary>
    public void Ask(Action<StrategyContext> ask)
    {
        Strategy.Book = (context, _) => ask(context);
        Rig.Quote(10.00m, 10.02m);
        Strategy.Book = null;
    }

    public void Report(ReportKind kind, ReasonCode reason = ReasonCode.None, long? number = null, decimal cumulative = 0m)
    {
        OrderReport report = Blank(kind, number);
        report.Reason = reason;
        report.Cumulative = Quantity.From(cumulative);
        Rig.Step(in report);
    }

    public void Fill(decimal quantity, ulong? execution = null, long? number = null, ClientOrderId? order = null)
    {
        OrderReport report = Blank(ReportKind.Filled, number);
        report.ClientOrderId = order ?? Order;
        report.ExecutionId = new ExecutionId(0, execution ?? ++_execution);
        report.LastPrice = Price.From(9.99m);
        report.LastQuantity = Quantity.From(quantity);
        Rig.Step(in report);
    }

    /// <summary>A report that never came.</summary>
    public void Lose() => _number++;

    public void Wake() => Rig.Reach(Rig.Engine.NextWake);

    /// <summary>Time passes, and the engine is woken whenever it wants to be.</summary>
    public void Pass(double seconds)
    {
        Timestamp end = Rig.Now + Duration.FromMilliseconds((long)(seconds * 1_000));
        while (Rig.Engine.NextWake <= end) Wake();
        Rig.Now = end;
    }

    /// <summary>The venue answers the newest question.</summary>
    public void Found(OrderStatus status, decimal cumulative = 0m, decimal leaves = 5m, decimal price = 9.99m, Timestamp? at = null, long? number = null, ReasonCode reason = ReasonCode.None) =>
        Rig.Step(AVenueOrder(status, cumulative, leaves, price, Question.Approval, at ?? Rig.Now, number ?? _number, reason));

    public VenueOrder AVenueOrder(
        OrderStatus status, decimal cumulative, decimal leaves, decimal price, long request, Timestamp at, long number, ReasonCode reason = ReasonCode.None, ClientOrderId? order = null, ulong venueOrder = 9) => new()
        {
            Header = MessageHeader.Create<VenueOrder>(MessageType.VenueOrder, EngineRig.VenueNumber, EngineRig.Crude, at, Rig.Now),
            Sequence = number,
            Request = request,
            ClientOrderId = order ?? Order,
            VenueOrderId = venueOrder,
            Price = Price.From(price),
            TriggerPrice = Price.None,
            TrailOffset = Price.None,
            Quantity = Quantity.From(cumulative + leaves),
            Cumulative = Quantity.From(cumulative),
            Leaves = Quantity.From(leaves),
            Status = status,
            Side = Side.Buy,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancel,
            Reason = reason,
        };

    /// <summary>The venue answers the newest question with all that it has.</summary>
    public void Snapshot(Action? executions = null, VenueOrder[]? orders = null, decimal position = 0m, long? number = null, int executionCount = 0, int missing = 0)
    {
        long request = Question.Approval, asOf = number ?? _number;
        Timestamp at = Rig.Now;
        Rig.Step(Answer(VenueAnswerKind.SnapshotBegins, request, at, asOf));
        executions?.Invoke();
        foreach (VenueOrder order in orders ?? []) Rig.Step(order with { Request = request, Sequence = asOf });
        if (position != 0)
        {
            VenuePosition held = new()
            {
                Header = MessageHeader.Create<VenuePosition>(MessageType.VenuePosition, EngineRig.VenueNumber, EngineRig.Crude, at, Rig.Now),
                Request = request,
                Quantity = Quantity.From(position),
                AveragePrice = Price.From(9.50m),
            };
            Rig.Step(in held);
        }
        VenueAnswer end = Answer(VenueAnswerKind.SnapshotEnds, request, at, asOf);
        (end.Executions, end.Orders, end.Positions) = (executionCount, (orders?.Length ?? 0) + missing, position != 0 ? 1 : 0);
        Rig.Step(in end);
    }

    public VenueAnswer Answer(VenueAnswerKind kind, long request, Timestamp at, long number) => new()
    {
        Header = MessageHeader.Create<VenueAnswer>(MessageType.VenueAnswer, EngineRig.VenueNumber, InstrumentId.None, at, Rig.Now),
        Sequence = number,
        Request = request,
        Kind = kind,
        Reason = kind == VenueAnswerKind.Failed ? ReasonCode.Unavailable : ReasonCode.None,
    };

    public void Connect(bool isConnected)
    {
        VenueConnection connection = new()
        {
            Header = MessageHeader.Create<VenueConnection>(MessageType.VenueConnection, EngineRig.VenueNumber, InstrumentId.None, Rig.Now, Rig.Now),
            Connected = isConnected ? (byte)1 : (byte)0,
        };
        Rig.Step(in connection);
    }

    private OrderReport Blank(ReportKind kind, long? number) => new()
    {
        Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, EngineRig.VenueNumber, EngineRig.Crude, Rig.Now, Rig.Now),
        Sequence = number ?? ++_number,
        ClientOrderId = Order,
        VenueOrderId = 9,
        Kind = kind,
        Side = Side.Buy,
        LastPrice = Price.None,
        QueueAhead = Quantity.None,
    };
}
