using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Analytics;

/// <summary>Makes the events of a run in short words. Times are milliseconds after the start.</summary>
internal static class Happenings
{
    private static readonly Timestamp Start = new(1_715_126_400_000_000_000);      // 2024-05-08T00:00:00Z

    public static readonly CurrencyCode Usd = Currency("USD");

    public static Timestamp At(double milliseconds) => new(Start.Nanos + (long)(milliseconds * 1e6));

    public static CurrencyCode Currency(string text)
    {
        Assert.True(CurrencyCode.TryParse(text, out CurrencyCode currency));
        return currency;
    }

    public static ClientOrderId OrderId(int number, ushort strategy = 0) => ClientOrderId.Create(1, strategy, (ulong)number);

    public static InstrumentDefinition Instrument(
        int index, string symbol, decimal multiplier = 1, InstrumentKind kind = InstrumentKind.Linear, string currency = "USD") => new()
        {
            Header = Header<InstrumentDefinition>(MessageType.InstrumentDefined, index, At(0)),
            Tick = Price.From(0.01m),
            Lot = Quantity.Units(1),
            MultiplierNanos = (long)(multiplier * 1_000_000_000),
            Currency = Currency(currency),
            Kind = kind,
            Symbol = SymbolText.From(symbol),
        };

    public static QuoteEvent Quote(Timestamp time, decimal bid, decimal ask, int instrument = 0) => new()
    {
        Header = Header<QuoteEvent>(MessageType.QuoteEvent, instrument, time),
        Bid = Price.From(bid),
        Ask = Price.From(ask),
        BidQuantity = Quantity.Units(1),
        AskQuantity = Quantity.Units(1),
    };

    public static FillEvent Fill(
        Timestamp time, Side side, decimal price, decimal quantity, Liquidity liquidity = Liquidity.Maker, int instrument = 0, ushort strategy = 0,
        decimal fee = 0, decimal position = 0, decimal? queueAhead = null, int order = 1, ulong execution = 1, string currency = "USD") => new()
        {
            Header = Header<FillEvent>(MessageType.FillEvent, instrument, time),
            Output = new OutputHeader { Strategy = strategy },
            ClientOrderId = OrderId(order, strategy),
            ExecutionId = new ExecutionId(0, execution),
            Price = Price.From(price),
            Quantity = Quantity.From(quantity),
            FeeNanos = (long)(fee * 1_000_000_000),
            Currency = Currency(currency),
            Position = Quantity.From(position),
            QueueAhead = queueAhead is { } ahead ? Quantity.From(ahead) : Quantity.None,
            Side = side,
            Liquidity = liquidity,
        };

    public static PositionEvent Position(Timestamp time, decimal quantity, int instrument = 0, ushort strategy = 0, PositionSide side = PositionSide.Net) => new()
    {
        Header = Header<PositionEvent>(MessageType.PositionEvent, instrument, time),
        Output = new OutputHeader { Strategy = strategy },
        Currency = Usd,
        Quantity = Quantity.From(quantity),
        Side = side,
    };

    public static EquityEvent Equity(Timestamp time, decimal start, decimal profit, decimal fees = 0, string currency = "USD") => new()
    {
        Header = Header<EquityEvent>(MessageType.EquityEvent, -1, time),
        Currency = Currency(currency),
        RealizedNanos = (Int128)(profit * 1_000_000_000),
        FeesNanos = (Int128)(fees * 1_000_000_000),
        EquityNanos = (Int128)((start + profit - fees) * 1_000_000_000),
    };

    public static OrderEvent Order(
        Timestamp time, int order, OrderStatus from, OrderStatus to, decimal price = 100, decimal quantity = 1, decimal cumulative = 0, decimal? queueAhead = null,
        ushort strategy = 0, ReasonCode reason = ReasonCode.None, int instrument = 0) => new()
        {
            Header = Header<OrderEvent>(MessageType.OrderEvent, instrument, time),
            Output = new OutputHeader { Strategy = strategy },
            ClientOrderId = OrderId(order, strategy),
            Price = Price.From(price),
            Quantity = Quantity.From(quantity),
            Cumulative = Quantity.From(cumulative),
            DecisionTime = At(0),
            QueueAhead = queueAhead is { } ahead ? Quantity.From(ahead) : Quantity.None,
            Side = Side.Buy,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancel,
            From = from,
            To = to,
            Reason = reason,
        };

    public static PlotEvent Plot(Timestamp time, string name, double value, ushort strategy = 0) => new()
    {
        Header = Header<PlotEvent>(MessageType.PlotEvent, -1, time),
        Output = new OutputHeader { Strategy = strategy },
        Name = NameText.Cut(name),
        Value = value,
    };

    public static AnnotationEvent Annotation(Timestamp time, string text, int instrument = -1, decimal? mid = null, ushort strategy = 0) => new()
    {
        Header = Header<AnnotationEvent>(MessageType.AnnotationEvent, instrument, time),
        Output = new OutputHeader { Strategy = strategy },
        Mid = mid is { } known ? Price.From(known) : Price.None,
        Text = NoteText.Cut(text),
    };

    /// <summary>Of the second strategy, in the step of input 7.</summary>
    public static LogEvent Entry(Timestamp time, LogLevel level, string message, params ReadOnlySpan<LogField> fields)
    {
        LogEvent entry = new() { Header = Header<LogEvent>(MessageType.LogEvent, -1, time), Output = new OutputHeader { Strategy = 1, Cause = 7 }, Level = level };
        entry.Write(message, fields);
        return entry;
    }

    /// <summary>Of the account.</summary>
    public static RiskStateEvent RiskState(Timestamp time, PositionState from, PositionState to, decimal threshold, decimal found) => new()
    {
        Header = Header<RiskStateEvent>(MessageType.RiskStateEvent, -1, time),
        Output = new OutputHeader { Strategy = ushort.MaxValue, Cause = 21 },
        From = from,
        To = to,
        Measure = RiskMeasure.Drawdown,
        Threshold = (long)(threshold * 1_000_000_000),
        Found = (long)(found * 1_000_000_000),
    };

    /// <summary>Of an order to buy, by a warning.</summary>
    public static AdjustmentEvent Adjustment(Timestamp time, int order, decimal asked, decimal granted) => new()
    {
        Header = Header<AdjustmentEvent>(MessageType.AdjustmentEvent, 0, time),
        Output = new OutputHeader { Cause = 22 },
        ClientOrderId = OrderId(order),
        Want = AdjustedWant.Order,
        Side = Side.Buy,
        State = PositionState.Warning,
        Scope = RiskScope.StrategyInstrument,
        Reason = ReasonCode.StateWarning,
        Asked = Quantity.From(asked),
        Granted = Quantity.From(granted),
        AskedPrice = Price.From(100.5m),
        GrantedPrice = Price.From(100),
        Limit = 500_000_000,
        Found = 630_000_000,
    };

    /// <summary>Of the second strategy, by a drawdown of 12.5 % where 10 % are allowed.</summary>
    public static KillEvent Kill(Timestamp time, bool isOn, string reason) => new()
    {
        Header = Header<KillEvent>(MessageType.KillEvent, -1, time),
        Output = new OutputHeader { Strategy = 1, Cause = 23 },
        KilledBy = KillCause.Drawdown,
        IsOn = isOn ? (byte)1 : (byte)0,
        Flattens = 1,
        Limit = isOn ? 100_000_000 : 0,
        Found = isOn ? 125_000_000 : 0,
        Reason = NoteText.Cut(reason),
    };

    private static MessageHeader Header<T>(MessageType type, int instrument, Timestamp time) where T : unmanaged =>
        MessageHeader.Create<T>(type, 0, new InstrumentId(instrument), time, time);
}
