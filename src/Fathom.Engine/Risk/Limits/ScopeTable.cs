using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;
using Fathom.Market.Universe;

namespace Fathom.Engine.Risk.Limits;

/// <summary>Which limits concern an order: those of its strategy, of the account, and of its instrument, the instrument's product and groups. The last are found by the symbol when the instrument is first met.</summary>
internal sealed class ScopeTable
{
    private readonly RiskLimits _limits;
    private readonly Instruments _instruments;
    private readonly ScopeLimits _everywhere;
    private readonly Dictionary<string, ScopeState> _products = [];
    private readonly ScopeState[] _groups;
    private readonly long[] _ownPositions;      // of each strategy, as stated for it alone; the largest number where nothing is
    private OfInstrument?[] _byInstrument = [];

    /// <param name="owners">Names of the strategies, by number; those without a name have no limits of their own.</param>
    public ScopeTable(RiskLimits limits, Instruments instruments, Account account, IReadOnlyList<string> owners)
    {
        (_limits, _instruments) = (limits, instruments);
        _everywhere = limits.Everywhere;
        Account = new ScopeState(RiskScope.Account, WorstPositions.WholeAccount, limits.Account.Over(_everywhere));
        ScopeLimits ofAll = _everywhere with { OrderRateMax = null, ReplaceRateMax = null, CancelRateMax = null, MessagesPerFillMax = null };
        Strategies = new ScopeState[account.StrategyCount];
        _ownPositions = new long[Strategies.Length];
        for (int i = 0; i < Strategies.Length; i++)
        {
            ScopeLimits own = i < owners.Count && limits.Strategies.TryGetValue(owners[i], out ScopeLimits? stated) ? stated : ScopeLimits.None;
            Strategies[i] = new ScopeState(RiskScope.Strategy, i, own.Over(ofAll));
            _ownPositions[i] = own.PositionMax.Nanos;
        }
        _groups = new ScopeState[limits.Groups.Count];
        for (int i = 0; i < _groups.Length; i++) _groups[i] = new ScopeState(RiskScope.Group, WorstPositions.WholeAccount, limits.Groups[i].Limits);
        foreach ((string name, ScopeLimits product) in limits.Products) _products.Add(name, new ScopeState(RiskScope.Product, WorstPositions.WholeAccount, product));
        All = [.. Strategies, .. _products.Values, .. _groups, Account];
    }

    public ScopeState Account { get; }

    public ScopeState[] Strategies { get; }

    /// <summary>Those of instruments are not among them: they are not known beforehand.</summary>
    public ScopeState[] All { get; }

    /// <summary>Some instrument's orders are limited in money.</summary>
    public bool HasOrderNotional
    {
        get
        {
            bool has = _limits.OrderNotionalMax is not null || _limits.OrderNotionalMin is not null;
            foreach (InstrumentLimits instrument in _limits.Instruments.Values) has |= instrument.OrderNotionalMax is not null || instrument.OrderNotionalMin is not null;
            return has;
        }
    }

    /// <summary>Some scope, an instrument's included, is limited so.</summary>
    public bool Any(Func<ScopeLimits, bool> isLimited)
    {
        foreach (ScopeState scope in All)
            if (isLimited(scope.Limits)) return true;
        foreach (InstrumentLimits instrument in _limits.Instruments.Values)
            if (isLimited(instrument.Scope)) return true;
        return false;
    }

    /// <summary>What concerns an instrument that was defined.</summary>
    public OfInstrument Of(InstrumentId instrument) =>
        (uint)instrument.Index < (uint)_byInstrument.Length && _byInstrument[instrument.Index] is { } known ? known : Resolve(instrument);

    /// <summary>Largest position of one strategy in an instrument; the largest number for any.</summary>
    public Int128 PositionMax(int strategy, OfInstrument instrument)
    {
        long stated = Math.Min(_ownPositions[strategy], instrument.PositionMax);
        return stated == long.MaxValue ? _everywhere.PositionMax.Nanos : stated;
    }

    /// <summary>Largest position of the account in an instrument; the largest number for any.</summary>
    public Int128 PositionMax(OfInstrument instrument) => instrument.PositionMax != long.MaxValue ? instrument.PositionMax : Account.PositionMax;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private OfInstrument Resolve(InstrumentId instrument)
    {
        string symbol = _instruments[instrument].Symbol.ToString();
        List<ScopeState> scopes = [];
        InstrumentLimits? own = _limits.Instruments.GetValueOrDefault(symbol);
        if (own is not null) scopes.Add(new ScopeState(RiskScope.Instrument, WorstPositions.WholeAccount, own.Scope));
        if (_products.TryGetValue(_limits.ProductOf.GetValueOrDefault(symbol) ?? ProductRoot.Of(symbol), out ScopeState? product)) scopes.Add(product);
        for (int i = 0; i < _groups.Length; i++)
            if (Contains(_limits.Groups[i].Instruments, symbol)) scopes.Add(_groups[i]);
        if (instrument.Index >= _byInstrument.Length) Array.Resize(ref _byInstrument, Math.Max(instrument.Index + 1, _byInstrument.Length * 2));
        return _byInstrument[instrument.Index] = new OfInstrument(_limits, own, [.. scopes]);
    }

    private static bool Contains(IReadOnlyList<string> symbols, string symbol)
    {
        foreach (string other in symbols)
            if (other == symbol) return true;
        return false;
    }

    /// <summary>What holds for one instrument.</summary>
    internal sealed class OfInstrument(RiskLimits limits, InstrumentLimits? own, ScopeState[] scopes)
    {
        /// <summary>Of the instrument, its product, its groups, as far as there are limits of them.</summary>
        public ScopeState[] Scopes { get; } = scopes;

        public long PositionMax { get; } = own?.Scope.PositionMax.Nanos ?? long.MaxValue;

        /// <summary>A product of it, or a group, limits a position.</summary>
        public bool HasSummedPosition { get; } = Array.Exists(scopes, static scope => scope.Scope != RiskScope.Instrument && !scope.Limits.PositionMax.IsNone);

        /// <summary>The instrument's own limit of its share stands in the place of what holds for all.</summary>
        public bool HasOwnShare { get; } = own?.Scope.ConcentrationMax is not null;

        /// <summary>0: none.</summary>
        public int CollarBps { get; } = own?.PriceCollarBps ?? limits.PriceCollarBps ?? 0;

        public long QuantityMax { get; } = own is null || own.QuantityMax.IsNone ? limits.QuantityMax.Nanos : own.QuantityMax.Nanos;

        /// <summary>0: none.</summary>
        public long QuantityMin { get; } = own is not null && !own.QuantityMin.IsNone ? own.QuantityMin.Nanos : limits.QuantityMin.IsNone ? 0 : limits.QuantityMin.Nanos;

        /// <summary>Units of 1e-9; the largest number for any.</summary>
        public Int128 NotionalMax { get; } = (own?.OrderNotionalMax ?? limits.OrderNotionalMax) is { } most ? (Int128)(most * Price.Scale) : ScopeState.Unlimited;

        /// <summary>Units of 1e-9; 0 for any.</summary>
        public Int128 NotionalMin { get; } = (own?.OrderNotionalMin ?? limits.OrderNotionalMin) is { } least ? (Int128)(least * Price.Scale) : 0;

        public bool HasNotional => NotionalMax != ScopeState.Unlimited || NotionalMin != 0;
    }
}
