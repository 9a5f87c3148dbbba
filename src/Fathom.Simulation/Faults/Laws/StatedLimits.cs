using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Limits;

namespace Fathom.Simulation.Faults.Laws;

/// <summary>All limits of a run as they were stated, by whom they concern. How the engine keeps them is not looked at.</summary>
internal sealed class StatedLimits
{
    private readonly RiskLimits _limits;
    private readonly ScopeLimits[] _strategies;
    private readonly ScopeLimits _account;
    private readonly List<LimitScope> _scopes = [];

    public StatedLimits(EngineOptions options)
    {
        _limits = options.Limits;
        ScopeLimits both = _limits.Both with
        {
            PositionMax = _limits.PositionMax.IsNone ? _limits.Both.PositionMax : _limits.PositionMax,
            GrossNotionalMax = _limits.GrossNotionalMax ?? _limits.Both.GrossNotionalMax,
            DailyLossMax = _limits.DailyLossMax ?? _limits.Both.DailyLossMax,
            OrderRateMax = _limits.OrderRateMax ?? _limits.Both.OrderRateMax,
        };
        _account = Over(_limits.Account, both);
        _scopes.Add(new LimitScope("the account", null, null, _account));
        ScopeLimits ofEach = both with { OrderRateMax = null, ReplaceRateMax = null, CancelRateMax = null, MessagesPerFillMax = null };      // those are of all together
        _strategies = new ScopeLimits[options.OwnerNames.Count];
        for (int i = 0; i < _strategies.Length; i++)
        {
            _strategies[i] = Over(_limits.Strategies.GetValueOrDefault(options.OwnerNames[i]) ?? ScopeLimits.None, ofEach);
            _scopes.Add(new LimitScope($"strategy {i}", i, null, _strategies[i]));
        }
        foreach ((string symbol, InstrumentLimits own) in _limits.Instruments) _scopes.Add(new LimitScope(symbol, null, [symbol], own.Scope));
        foreach (GroupLimits group in _limits.Groups) _scopes.Add(new LimitScope($"group {group.Name}", null, group.Instruments, group.Limits));
        foreach ((string product, ScopeLimits own) in _limits.Products) _scopes.Add(new LimitScope($"product {product}", null, SymbolsOf(product), own) { IsSummed = true });
    }

    public IReadOnlyList<LimitScope> Scopes => _scopes;

    /// <summary>Strategies and aggregators.</summary>
    public int StrategyCount => _strategies.Length;

    /// <summary>Largest quantity of one order; None for any.</summary>
    /// <param name="symbol">Empty where it is not known.</param>
    public Quantity QuantityMax(string symbol) =>
        _limits.Instruments.TryGetValue(symbol, out InstrumentLimits? own) && !own.QuantityMax.IsNone ? own.QuantityMax : _limits.QuantityMax;

    /// <summary>Largest position in one instrument: what is stated there stands in the place of what holds for all; None for any.</summary>
    /// <param name="owner">Null: the account.</param>
    /// <param name="symbol">Empty where it is not known.</param>
    public Quantity PositionMax(int? owner, string symbol)
    {
        Quantity ofInstrument = _limits.Instruments.TryGetValue(symbol, out InstrumentLimits? own) ? own.Scope.PositionMax : Quantity.None;
        if (owner is null) return ofInstrument.IsNone ? _account.PositionMax : ofInstrument;
        Quantity ofStrategy = _strategies[owner.Value].PositionMax;
        return ofInstrument.IsNone ? ofStrategy : ofInstrument;      // where both are stated the smaller one holds: this is no smaller
    }

    /// <summary>A share of its own is stated for an instrument: it stands in the place of the account's.</summary>
    public bool HasOwnShare(string symbol) => _limits.Instruments.TryGetValue(symbol, out InstrumentLimits? own) && own.Scope.ConcentrationMax is not null;

    /// <summary>Largest loss of a UTC day, in the account's currency; null for any.</summary>
    /// <param name="owner">Null: the account.</param>
    public decimal? DailyLossMax(int? owner) => (owner is { } strategy ? _strategies[strategy] : _account).DailyLossMax;

    /// <summary>Those whose product is stated: of others only the engine knows it.</summary>
    private List<string> SymbolsOf(string product)
    {
        List<string> symbols = [];
        foreach ((string symbol, string own) in _limits.ProductOf)
            if (own == product) symbols.Add(symbol);
        return symbols;
    }

    /// <summary>What is stated of one, else what holds for all.</summary>
    private static ScopeLimits Over(ScopeLimits own, ScopeLimits all) => new()
    {
        PositionMax = own.PositionMax.IsNone ? all.PositionMax : own.PositionMax,
        GrossNotionalMax = own.GrossNotionalMax ?? all.GrossNotionalMax,
        NetNotionalMax = own.NetNotionalMax ?? all.NetNotionalMax,
        LeverageMax = own.LeverageMax ?? all.LeverageMax,
        ConcentrationMax = own.ConcentrationMax ?? all.ConcentrationMax,
        DailyLossMax = own.DailyLossMax ?? all.DailyLossMax,
        OpenOrdersMax = own.OpenOrdersMax ?? all.OpenOrdersMax,
        OrderRateMax = own.OrderRateMax ?? all.OrderRateMax,
        ReplaceRateMax = own.ReplaceRateMax ?? all.ReplaceRateMax,
        CancelRateMax = own.CancelRateMax ?? all.CancelRateMax,
        MessagesPerFillMax = own.MessagesPerFillMax ?? all.MessagesPerFillMax,
    };
}
