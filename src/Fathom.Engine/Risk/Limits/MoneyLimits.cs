using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.States;

namespace Fathom.Engine.Risk.Limits;

/// <summary>The limits in money: the day's loss, gross and net exposure, leverage and concentration. Made only where one of them is stated.</summary>
/// <remarks>Of each rule first the strategy's limit is looked at, then those of the instrument, its product and its groups, then the account's.</remarks>
internal sealed class MoneyLimits
{
    /// <summary>Too large to be multiplied further.</summary>
    private static readonly Int128 EquityMost = (Int128)1 << 86;

    private static readonly RiskRule[] ExposureRules = [RiskRule.GrossNotional, RiskRule.NetNotional, RiskRule.Leverage, RiskRule.Concentration];

    private readonly ScopeTable _scopes;
    private readonly ExposureSums? _sums;
    private readonly WorstPositions _positions;
    private readonly Account _account;
    private readonly RiskRule[] _rules;
    private readonly bool _hasLoss, _hasLeverage;

    private MoneyLimits(ScopeTable scopes, ExposureSums? sums, WorstPositions positions, Account account, bool hasLoss)
    {
        (_scopes, _sums, _positions, _account, _hasLoss) = (scopes, sums, positions, account, hasLoss);
        List<RiskRule> rules = [];
        foreach (RiskRule rule in ExposureRules)
            if (scopes.Any(limits => IsStated(rule, limits))) rules.Add(rule);
        _rules = [.. rules];
        _hasLeverage = rules.Contains(RiskRule.Leverage);
        if (hasLoss) account.WatchDayLoss();
    }

    /// <summary>Null when no limit in money is stated.</summary>
    /// <param name="sums">Made wherever exposure is limited.</param>
    public static MoneyLimits? Of(ScopeTable scopes, ExposureSums? sums, WorstPositions positions, Account account)
    {
        bool hasLoss = scopes.Any(static limits => limits.DailyLossMax is not null);
        return hasLoss || scopes.Any(static limits => limits.HasExposure) ? new MoneyLimits(scopes, sums, positions, account, hasLoss) : null;
    }

    /// <summary>Largest gross notional in the account's currency, units of 1e-9; null for any.</summary>
    /// <param name="owner">A strategy, or −1 for the account; as everywhere here.</param>
    internal Int128? NotionalMax(int owner) => Stated(ScopeOf(owner).GrossMax);

    /// <summary>Largest loss of a day, as <see cref="NotionalMax"/>.</summary>
    internal Int128? LossMax(int owner) => Stated(ScopeOf(owner).LossMax);

    /// <summary>Gross notional with everything filled that is live; units of 1e-9 of the account's currency. Only where exposure is limited.</summary>
    internal Int128 WorstNotional(int owner)
    {
        _sums!.Refresh();
        return ScopeOf(owner).Gross;
    }

    /// <summary>The day's deepest loss so far, units of 1e-9; only where it is limited.</summary>
    internal Int128 DeepestLoss(int owner) => owner < 0 ? _account.DeepestDayLossNanos : _account.Strategy(owner).DeepestDayLossNanos;

    /// <param name="added">By how much the command makes the reservation of its side larger, units of 1e-9.</param>
    /// <param name="explained">Takes what each rule found; then nothing is refused.</param>
    public Refusal Check(in OrderCommand command, Terms terms, long added, ScopeTable.OfInstrument of, List<RuleVerdict>? explained)
    {
        Refusal refusal = CheckCountable(in command, terms, added, of, explained);
        if (refusal.IsNone && _hasLoss) refusal = CheckLoss(in command, added, explained);
        if (!refusal.IsNone || _rules.Length == 0) return refusal;
        Added more = Measure(in command, added);
        bool areAsStated = Adaptive is null || Adaptive.FactorNanos(command.Header.Instrument) == Price.Scale;
        if (explained is null && areAsStated && AreAllWithin(command.Output.Strategy, in more, of)) return refusal;
        return CheckRules(in command, in more, of, explained);
    }

    /// <summary>No limit is met: the usual case, scope by scope instead of rule by rule.</summary>
    private bool AreAllWithin(int strategy, in Added more, ScopeTable.OfInstrument of)
    {
        ScopeState account = _scopes.Account;
        if (!IsWithin(_scopes.Strategies[strategy], in more.Strategy, in more, hasOwnShare: false) || !IsWithin(account, in more.Account, in more, of.HasOwnShare)) return false;
        foreach (ScopeState scope in of.Scopes)
            if (scope.HasExposure && !IsWithin(scope, in more.Account, in more, hasOwnShare: false)) return false;
        return true;
    }

    /// <param name="hasOwnShare">Another scope's share stands in the place of this one's.</param>
    private bool IsWithin(ScopeState scope, in Part part, in Added more, bool hasOwnShare)
    {
        Int128 gross = scope.Gross + part.Gross;
        if (gross > scope.GrossMax || (more.IsBuy ? scope.Long : scope.Short) + part.Net > scope.NetMax) return false;
        if (scope.HasLeverage && (gross >= UnitValue.Huge || gross * Price.Scale > scope.LeverageMax * more.Equity)) return false;
        return scope.ShareMax == 0 || hasOwnShare || IsSpread(scope, in more);
    }

    /// <summary>Some limit is met, or all are to be explained: rule by rule, for the first reason.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Refusal CheckRules(in OrderCommand command, in Added more, ScopeTable.OfInstrument of, List<RuleVerdict>? explained)
    {
        Refusal refusal = Refusal.None;
        foreach (RiskRule rule in _rules)
        {
            refusal = CheckScopes(rule, in command, in more, of, explained);
            if (!refusal.IsNone) break;
        }
        return refusal;
    }

    private Refusal CheckCountable(in OrderCommand command, Terms terms, long added, ScopeTable.OfInstrument of, List<RuleVerdict>? explained)
    {
        InstrumentId instrument = command.Header.Instrument;
        if (explained is null && _account.RateNanos(terms.Currency) != 0 && _account.HasMark(instrument)) return Refusal.None;
        bool needsMark = NeedsMark(command.Output.Strategy, of);
        if (!needsMark && !_hasLoss) return Refusal.None;
        bool onlyReduces = _positions.OnlyReduces(in command, command.Output.Strategy, added);
        Refusal refusal = RuleVerdict.Say(explained, RiskRule.CurrencyRate, RiskScope.None, onlyReduces || _account.RateNanos(terms.Currency) != 0, 0, instrument.Index);
        if (!refusal.IsNone || !needsMark) return refusal;
        return RuleVerdict.Say(explained, RiskRule.Mark, RiskScope.None, onlyReduces || _account.HasMark(instrument), 0, instrument.Index);
    }

    private bool NeedsMark(int strategy, ScopeTable.OfInstrument of)
    {
        bool needs = _scopes.Account.HasExposure || _scopes.Strategies[strategy].HasExposure;
        foreach (ScopeState scope in of.Scopes) needs |= scope.HasExposure;
        return needs;
    }

    private Refusal CheckLoss(in OrderCommand command, long added, List<RuleVerdict>? explained)
    {
        int strategy = command.Output.Strategy;
        Refusal refusal = CheckLoss(_scopes.Strategies[strategy], in command, added, explained);
        return refusal.IsNone ? CheckLoss(_scopes.Account, in command, added, explained) : refusal;
    }

    private Refusal CheckLoss(ScopeState scope, in OrderCommand command, long added, List<RuleVerdict>? explained)
    {
        if (scope.LossMax == ScopeState.Unlimited) return Refusal.None;
        Int128 loss = DeepestLoss(scope.Owner);
        if (loss < scope.LossMax && explained is null) return Refusal.None;
        bool isPassed = loss < scope.LossMax || _positions.OnlyReduces(in command, command.Output.Strategy, added);
        return RuleVerdict.Say(explained, RiskRule.DailyLoss, scope.Scope, isPassed, scope.LossMax, loss);
    }

    /// <summary>Null where limits are as they were stated.</summary>
    internal AdaptiveLimits? Adaptive { private get; set; }

    // ---- exposure

    /// <summary>What the order makes larger, of its strategy and of the account.</summary>
    private Added Measure(in OrderCommand command, long added)
    {
        InstrumentId instrument = command.Header.Instrument;
        _sums!.RefreshFor(instrument);
        UnitValue unit = _sums.Unit(instrument);
        return new Added
        {
            Units = added,
            Equity = _hasLeverage ? Int128.Min(_account.EquityNanos(null), EquityMost) : 0,
            IsBuy = command.Side == Side.Buy,
            Strategy = Part.Of(in _sums.Of(command.Output.Strategy, instrument), unit, added, command.Side),
            Account = Part.Of(in _sums.Of(WorstPositions.WholeAccount, instrument), unit, added, command.Side),
        };
    }

    private Refusal CheckScopes(RiskRule rule, in OrderCommand command, in Added more, ScopeTable.OfInstrument of, List<RuleVerdict>? explained)
    {
        Refusal refusal = Check(rule, _scopes.Strategies[command.Output.Strategy], in command, in more, explained);
        if (!refusal.IsNone) return refusal;
        foreach (ScopeState scope in of.Scopes)
        {
            refusal = Check(rule, scope, in command, in more, explained);
            if (!refusal.IsNone) return refusal;
        }
        bool isReplaced = rule == RiskRule.Concentration && of.HasOwnShare;
        return isReplaced ? refusal : Check(rule, _scopes.Account, in command, in more, explained);
    }

    private Refusal Check(RiskRule rule, ScopeState scope, in OrderCommand command, in Added more, List<RuleVerdict>? explained)
    {
        bool isWithin = rule switch
        {
            RiskRule.GrossNotional => scope.Gross + more.Of(scope).Gross <= Tightened(scope.GrossMax, in command),
            RiskRule.NetNotional => Net(scope, in more) <= Tightened(scope.NetMax, in command),
            RiskRule.Leverage => scope.LeverageMax == ScopeState.Unlimited || IsCarried(scope, in more),
            _ => scope.ShareMax == 0 || IsSpread(scope, in more),
        };
        return isWithin && explained is null ? Refusal.None : Say(rule, scope, in command, in more, isWithin, explained);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Refusal Say(RiskRule rule, ScopeState scope, in OrderCommand command, in Added more, bool isWithin, List<RuleVerdict>? explained)
    {
        if (!IsStated(rule, scope.Limits)) return Refusal.None;
        (Int128 limit, Int128 found) = rule switch
        {
            RiskRule.GrossNotional => (Tightened(scope.GrossMax, in command), scope.Gross + more.Of(scope).Gross),
            RiskRule.NetNotional => (Tightened(scope.NetMax, in command), Net(scope, in more)),
            RiskRule.Leverage => (scope.LeverageMax, Ratio(scope.Gross + more.Of(scope).Gross, _account.EquityNanos(null))),
            _ => (scope.ShareMax, Ratio(PartOf(scope, in more), PartOf(scope, in more) + OthersHeld(scope, in more))),
        };
        return RuleVerdict.Say(explained, rule, scope.Scope, isWithin || _positions.OnlyReduces(in command, scope.Owner, more.Units), limit, found);
    }

    /// <summary>As it is in force: by the factor of the order's own instrument.</summary>
    private Int128 Tightened(Int128 limit, in OrderCommand command) =>
        Adaptive is null || limit == ScopeState.Unlimited ? limit : Adaptive.Tighten(limit, command.Header.Instrument);

    private static Int128 Net(ScopeState scope, in Added more) => (more.IsBuy ? scope.Long : scope.Short) + more.Of(scope).Net;

    private static bool IsCarried(ScopeState scope, in Added more)
    {
        Int128 gross = scope.Gross + more.Of(scope).Gross;
        return gross < UnitValue.Huge && gross * Price.Scale <= scope.LeverageMax * more.Equity;
    }

    // ---- concentration: a part of a whole, where of the rest only what is held counts

    private bool IsSpread(ScopeState scope, in Added more)
    {
        ScopeState whole = WholeOf(scope);
        if (whole.Gross + more.Of(whole).Gross <= scope.ShareFrom) return true;
        bool isWhole = ReferenceEquals(whole, scope);
        Int128 part = isWhole ? more.Of(scope).After : scope.Gross + more.Of(scope).Gross, others = whole.Held - (isWhole ? more.Of(scope).Held : scope.Held);
        return part < UnitValue.Huge && part * Price.Scale <= scope.ShareMax * Int128.Min(part + others, EquityMost);
    }

    /// <summary>Of a strategy and the account the instrument's part, else the whole scope's.</summary>
    private static Int128 PartOf(ScopeState scope, in Added more) => IsWhole(scope) ? more.Of(scope).After : scope.Gross + more.Of(scope).Gross;

    private Int128 OthersHeld(ScopeState scope, in Added more) => WholeOf(scope).Held - (IsWhole(scope) ? more.Of(scope).Held : scope.Held);

    private ScopeState WholeOf(ScopeState scope) => IsWhole(scope) ? scope : _scopes.Account;

    private static bool IsWhole(ScopeState scope) => scope.Scope is RiskScope.Strategy or RiskScope.Account;

    /// <summary>In units of 1e-9, up; the largest number where the whole is nothing or less.</summary>
    private static Int128 Ratio(Int128 part, Int128 whole)
    {
        if (part <= 0) return 0;
        return whole <= 0 || part >= UnitValue.Huge ? long.MaxValue : (part * Price.Scale + whole - 1) / whole;
    }

    private ScopeState ScopeOf(int owner) => owner < 0 ? _scopes.Account : _scopes.Strategies[owner];

    private static Int128? Stated(Int128 limit) => limit == ScopeState.Unlimited ? null : limit;

    private static bool IsStated(RiskRule rule, ScopeLimits limits) => rule switch
    {
        RiskRule.GrossNotional => limits.GrossNotionalMax is not null,
        RiskRule.NetNotional => limits.NetNotionalMax is not null,
        RiskRule.Leverage => limits.LeverageMax is not null,
        _ => limits.ConcentrationMax is not null,
    };

    private struct Added
    {
        public long Units;
        public Int128 Equity;      // the account's, where leverage is limited
        public bool IsBuy;
        public Part Strategy, Account;

        [UnscopedRef]
        public readonly ref readonly Part Of(ScopeState scope) => ref scope.Owner < 0 ? ref Account : ref Strategy;
    }

    /// <summary>An owner's part in the order's instrument: by how much the order makes its worth larger, what it is then, and what of it is held.</summary>
    private struct Part
    {
        public Int128 Gross, Net, After, Held;

        public static Part Of(in ExposureSums.Cell cell, UnitValue unit, long added, Side side)
        {
            Part part = default;
            part.After = unit.Of(cell.GrossUnits + added);
            part.Gross = part.After - cell.Gross;
            part.Net = side == Side.Buy ? ExposureSums.Signed(unit, cell.LongUnits + added) - cell.Long : ExposureSums.Signed(unit, cell.ShortUnits + added) - cell.Short;
            part.Held = cell.Held;
            return part;
        }
    }
}
