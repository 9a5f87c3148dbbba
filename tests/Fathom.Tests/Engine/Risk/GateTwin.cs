using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Limits;

namespace Fathom.Tests.Engine.Risk;

/// <summary>The gate's limits once more, written plainly: nothing is kept but lists of what happened, and every judgement goes through all of them. Decimals, no sums that are carried on.</summary>
internal sealed class GateTwin(RiskLimits limits, decimal cash)
{
    private const int Instruments = 4;
    private static readonly string[] Symbols = ["CLX5", "CLZ5", "NGX5", "BTCUSD"];
    private static readonly decimal[] Worth = [10m, 10m, 1.25m, 1m];      // multiplier × rate

    private readonly List<Fill> _fills = [];
    private readonly List<Sent> _sent = [];
    private readonly decimal?[] _marks = new decimal?[Instruments], _quoted = new decimal?[Instruments];      // what we paid is a mark, and no reference

    public List<LiveOrder> Live { get; } = [];

    public void Mark(int instrument, decimal price) => _marks[instrument] = _quoted[instrument] = price;

    public void NoteFill(int strategy, int instrument, decimal signed, decimal price)
    {
        _fills.Add(new Fill(strategy, instrument, signed, price));
        _marks[instrument] ??= price;
    }

    /// <summary>A message left.</summary>
    public void NoteSent(CommandKind kind, int strategy, int instrument, long at, OrderCommand command) =>
        _sent.Add(new Sent(kind, strategy, instrument, at, command, _fills.Count(fill => fill.Strategy >= 0), _fills.Count(fill => fill.Strategy == strategy)));

    /// <param name="replaced">Null for a new order.</param>
    public (ReasonCode Reason, RiskScope Scope) Judge(OrderCommand command, LiveOrder? replaced, long at)
    {
        int strategy = command.Output.Strategy, instrument = command.Header.Instrument.Index;
        decimal sign = command.Side.Sign(), quantity = (decimal)command.Quantity.Nanos / Quantity.Scale, price = (decimal)command.Price.Nanos / Price.Scale;
        decimal added = replaced is null ? quantity : Math.Max(quantity - replaced.Filled - replaced.Leaves, 0);
        bool isFree = Reduces(strategy, instrument, sign, added), isFreeOfAccount = Reduces(-1, instrument, sign, added);
        InstrumentLimits? own = limits.Instruments.GetValueOrDefault(Symbols[instrument]);

        if (replaced is null && _sent.Any(sent => sent.Kind == CommandKind.Submit && at - sent.At < limits.DuplicateWindow.Nanos && IsSame(sent.Command, command))) return (ReasonCode.Duplicate, RiskScope.StrategyInstrument);
        if (limits.PriceCollarBps is { } bps)
        {
            if (_quoted[instrument] is not { } mid) return (ReasonCode.NoReferencePrice, RiskScope.Order);
            if ((price - mid) * sign > mid * bps / 10_000m) return (ReasonCode.PriceCollar, RiskScope.Order);
        }
        if (!limits.QuantityMax.IsNone && command.Quantity > limits.QuantityMax) return (ReasonCode.QuantityLimit, RiskScope.Order);
        if (!limits.QuantityMin.IsNone && command.Quantity < limits.QuantityMin && !isFree) return (ReasonCode.OrderTooSmall, RiskScope.Order);
        if (quantity * price * Worth[instrument] > limits.OrderNotionalMax) return (ReasonCode.OrderNotionalLimit, RiskScope.Order);
        if (quantity * price * Worth[instrument] < limits.OrderNotionalMin && !isFree) return (ReasonCode.OrderTooSmall, RiskScope.Order);

        // Positions.
        decimal ofStrategy = Worst(strategy, instrument, sign) + added, ofAccount = Worst(-1, instrument, sign) + added;
        decimal? strategyMax = Least(limits.Strategies.GetValueOrDefault(ScopesRig.Names[strategy])?.PositionMax, own?.Scope.PositionMax) ?? Units(limits.PositionMax);
        if (ofStrategy > strategyMax) return (ReasonCode.PositionLimit, RiskScope.StrategyInstrument);
        if (ofAccount > (Units(own?.Scope.PositionMax) ?? Units(limits.Account.PositionMax) ?? Units(limits.PositionMax))) return (ReasonCode.PositionLimit, RiskScope.Instrument);
        List<Scope> scopes = ScopesOf(strategy, instrument);
        foreach (Scope scope in scopes.Where(scope => scope.Kind == RiskScope.Product))
            if (scope.Instruments.Sum(i => Worst(-1, i, sign)) + added > Units(scope.Limits.PositionMax) && !isFreeOfAccount) return (ReasonCode.PositionLimit, RiskScope.Product);

        // Money.
        if (_marks[instrument] is null && scopes.Any(scope => scope.Limits.HasExposure)) return (ReasonCode.NoReferencePrice, RiskScope.None);
        decimal more = added * (_marks[instrument] ?? 0) * Worth[instrument];
        foreach (Scope scope in scopes)
            if (Gross(scope) + more > scope.Limits.GrossNotionalMax && !IsFree(scope)) return (ReasonCode.NotionalLimit, scope.Kind);
        foreach (Scope scope in scopes)
            if (scope.Instruments.Sum(i => Worst(scope.Owner, i, sign) * (_marks[i] ?? 0) * Worth[i]) + more > scope.Limits.NetNotionalMax && !IsFree(scope)) return (ReasonCode.NetNotionalLimit, scope.Kind);
        foreach (Scope scope in scopes)
            if (Gross(scope) + more > scope.Limits.LeverageMax * Equity() && !IsFree(scope)) return (ReasonCode.LeverageLimit, scope.Kind);
        foreach (Scope scope in scopes)
            if (!IsFree(scope) && scope.Limits.ConcentrationMax is { } most && !(scope.Kind == RiskScope.Account && own?.Scope.ConcentrationMax is not null) && IsConcentrated(scope, most, instrument, more)) return (ReasonCode.ConcentrationLimit, scope.Kind);
        if (isFree) return (ReasonCode.None, RiskScope.None);

        // Traffic.
        if (replaced is null)
            foreach (Scope scope in scopes)
                if (Live.Count(order => Concerns(scope, order.Strategy, order.Instrument)) + 1 > scope.Limits.OpenOrdersMax) return (ReasonCode.OpenOrdersLimit, scope.Kind);
        foreach (Scope scope in scopes)
            if (IsFull(scope, scope.Limits.OrderRateMax, at, kind => kind != CommandKind.Cancel)) return (ReasonCode.OrderRateLimit, scope.Kind);
        if (replaced is not null)
            foreach (Scope scope in scopes)
                if (IsFull(scope, scope.Limits.ReplaceRateMax, at, kind => kind == CommandKind.Replace)) return (ReasonCode.ReplaceRateLimit, scope.Kind);
        if (replaced is null)
            foreach (Scope scope in scopes)
                if (IsFull(scope, scope.Limits.CancelRateMax, at, kind => kind == CommandKind.Cancel)) return (ReasonCode.CancelRateLimit, scope.Kind);
        foreach (Scope scope in scopes)
            if (scope.Limits.MessagesPerFillMax is { } ratio && IsChatty(scope, ratio)) return (ReasonCode.MessagesPerFillLimit, scope.Kind);
        return (ReasonCode.None, RiskScope.None);

        bool IsFree(Scope scope) => scope.Owner < 0 ? isFreeOfAccount : isFree;
    }

    /// <summary>Whatever of the live orders is filled, all or nothing of each: the positions and the exposure that the limits allow hold. For an order that just left and did not only reduce.</summary>
    public void RequireNoBreach(int strategy, int instrument, decimal sign, string at)
    {
        List<Scope> scopes = ScopesOf(strategy, instrument);
        InstrumentLimits? own = limits.Instruments.GetValueOrDefault(Symbols[instrument]);
        decimal? positionMax = Least(limits.Strategies.GetValueOrDefault(ScopesRig.Names[strategy])?.PositionMax, own?.Scope.PositionMax) ?? Units(limits.PositionMax);
        for (int filled = 0; filled < 1 << Live.Count; filled++)
        {
            decimal Position(int owner, int i) => Held(owner, i) + Live.Where((order, n) => (filled >> n & 1) != 0 && order.Instrument == i && (owner < 0 || order.Strategy == owner)).Sum(order => order.Sign * order.Leaves);
            Assert.True(!(Position(strategy, instrument) * sign > positionMax), $"{at}: strategy {strategy} could come to {Position(strategy, instrument)} of {instrument}, above {positionMax}");
            foreach (Scope scope in scopes)
            {
                decimal gross = scope.Instruments.Sum(i => Math.Abs(Position(scope.Owner, i)) * (_marks[i] ?? 0) * Worth[i]), net = scope.Instruments.Sum(i => Position(scope.Owner, i) * (_marks[i] ?? 0) * Worth[i]);
                Assert.True(!(gross > scope.Limits.GrossNotionalMax), $"{at}: the gross of {scope.Kind} could come to {gross}");
                Assert.True(!(net * sign > scope.Limits.NetNotionalMax), $"{at}: the net of {scope.Kind} could come to {net}");
                Assert.True(!(gross > scope.Limits.LeverageMax * Equity()), $"{at}: the leverage of {scope.Kind} could come to {gross / Equity()}");
            }
        }
    }

    public bool Reduces(int owner, int instrument, decimal sign, decimal added) => Leaves(owner, instrument, sign) + added <= -Held(owner, instrument) * sign;

    private List<Scope> ScopesOf(int strategy, int instrument)
    {
        List<int> all = [0, 1, 2, 3];
        ScopeLimits both = limits.Both with { GrossNotionalMax = limits.GrossNotionalMax ?? limits.Both.GrossNotionalMax }, ofStrategy = limits.Strategies.GetValueOrDefault(ScopesRig.Names[strategy]) ?? ScopeLimits.None;
        ScopeLimits quiet = both with { OrderRateMax = null, ReplaceRateMax = null, CancelRateMax = null, MessagesPerFillMax = null };
        List<Scope> scopes = [new Scope(RiskScope.Strategy, strategy, all, ofStrategy.Over(quiet))];
        if (limits.Instruments.TryGetValue(Symbols[instrument], out InstrumentLimits? own)) scopes.Add(new Scope(RiskScope.Instrument, -1, [instrument], own.Scope));
        if (instrument < 2 && limits.Products.TryGetValue("CL", out ScopeLimits? product)) scopes.Add(new Scope(RiskScope.Product, -1, [0, 1], product));
        foreach (GroupLimits group in limits.Groups)
            if (group.Instruments.Contains(Symbols[instrument])) scopes.Add(new Scope(RiskScope.Group, -1, [.. all.Where(i => group.Instruments.Contains(Symbols[i]))], group.Limits));
        scopes.Add(new Scope(RiskScope.Account, -1, all, limits.Account.Over(both with { OrderRateMax = limits.OrderRateMax ?? both.OrderRateMax })));
        return scopes;
    }

    private decimal Held(int owner, int instrument) => _fills.Where(fill => fill.Instrument == instrument && (owner < 0 || fill.Strategy == owner)).Sum(fill => fill.Signed);

    private decimal Leaves(int owner, int instrument, decimal sign) =>
        Live.Where(order => order.Instrument == instrument && order.Sign == sign && (owner < 0 || order.Strategy == owner)).Sum(order => order.Leaves);

    private decimal Worst(int owner, int instrument, decimal sign) => Held(owner, instrument) * sign + Leaves(owner, instrument, sign);

    private decimal GrossIn(int owner, int i) => (Math.Abs(Held(owner, i)) + Leaves(owner, i, 1) + Leaves(owner, i, -1)) * (_marks[i] ?? 0) * Worth[i];

    private decimal Gross(Scope scope) => scope.Instruments.Sum(i => GrossIn(scope.Owner, i));

    private decimal HeldWorth(int owner, IEnumerable<int> instruments) => instruments.Sum(i => Math.Abs(Held(owner, i)) * (_marks[i] ?? 0) * Worth[i]);

    private decimal Equity() => cash + _fills.Sum(fill => fill.Signed * (_marks[fill.Instrument]!.Value - fill.Price) * Worth[fill.Instrument]);

    private bool IsConcentrated(Scope scope, Concentration most, int instrument, decimal more)
    {
        int[] all = [0, 1, 2, 3];
        bool isWhole = scope.Kind is RiskScope.Strategy or RiskScope.Account;
        decimal whole = all.Sum(i => GrossIn(scope.Owner, i)) + more;
        if (whole <= most.From) return false;
        IEnumerable<int> part = isWhole ? [instrument] : scope.Instruments;
        decimal worst = part.Sum(i => GrossIn(scope.Owner, i)) + more;
        return worst > most.Share * (worst + HeldWorth(scope.Owner, all.Except(part)));
    }

    private bool IsFull(Scope scope, OrderRate? rate, long at, Func<CommandKind, bool> counts) =>
        rate is { } most && _sent.Count(sent => counts(sent.Kind) && at - sent.At < most.Window.Nanos && Concerns(scope, sent.Strategy, sent.Instrument)) >= most.Count;

    private bool IsChatty(Scope scope, MessageRatio ratio)
    {
        Sent[] messages = [.. _sent.Where(sent => Concerns(scope, sent.Strategy, sent.Instrument))];
        int fills = _fills.Count(fill => fill.Strategy >= 0 && (scope.Owner < 0 || fill.Strategy == scope.Owner)), before = messages.Length == 0 ? fills : scope.Owner < 0 ? messages[0].FillsBefore : messages[0].OwnFillsBefore;
        return messages.Length + 1 > Math.Max(ratio.From, ratio.Max * Math.Max(fills - before, 1));
    }

    private static bool Concerns(Scope scope, int strategy, int instrument) => scope.Instruments.Contains(instrument) && (scope.Owner < 0 || scope.Owner == strategy);

    private static bool IsSame(OrderCommand one, OrderCommand other) => one.Output.Strategy == other.Output.Strategy && one.Header.Instrument == other.Header.Instrument && one.Side == other.Side && one.Type == other.Type &&
        one.Price == other.Price && one.Quantity == other.Quantity;

    private static decimal? Units(Quantity? quantity) => quantity is { IsNone: false } stated ? (decimal)stated.Nanos / Quantity.Scale : null;

    private static decimal? Least(Quantity? one, Quantity? other) => Units(one) is { } a ? Units(other) is { } b ? Math.Min(a, b) : a : Units(other);

    internal sealed class LiveOrder
    {
        public required ClientOrderId Id { get; init; }
        public required int Strategy { get; init; }
        public required int Instrument { get; init; }
        public required decimal Sign { get; init; }
        public decimal Leaves { get; set; }      // at worst
        public decimal Filled { get; set; }
    }

    private sealed record Fill(int Strategy, int Instrument, decimal Signed, decimal Price);

    private sealed record Sent(CommandKind Kind, int Strategy, int Instrument, long At, OrderCommand Command, int FillsBefore, int OwnFillsBefore);

    private sealed record Scope(RiskScope Kind, int Owner, List<int> Instruments, ScopeLimits Limits);
}
