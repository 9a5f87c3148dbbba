using System.Diagnostics.CodeAnalysis;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio.Margin;

namespace Fathom.Engine.Portfolio;

/// <summary>Margin of the account. Each position side of an instrument is one position; what its owners hold there is added up, and so is what they paid.</summary>
/// <remarks>
/// Cross: equity stands behind all positions. Isolated: each position has its own initial margin at entry and what it has made since; the rest of the equity is free.
/// Spot is paid: what is held takes its whole worth out of the equity, and has no maintenance margin and no liquidation price.
/// Liquidation is where what stands behind a position is as much as maintenance margin and the fee for closing; in cross mode with the other instruments' profits and margins as they are.
/// </remarks>
public sealed partial class RiskMeasures
{
    private readonly MarginRules? _margin;
    private MarginPart[] _parts = [];      // by instrument
    private MarginPart _sum;
    private MarginExtremes _extremes = MarginExtremes.None;
    private long _sampled = -1;
    private readonly List<InstrumentId> _refreshed = [];      // since the last sample

    /// <summary>Margin is configured: else its numbers are null, NaN or None.</summary>
    [MemberNotNullWhen(true, nameof(_margin))]
    public bool HasMargin => _margin is not null;

    /// <summary>Each position has its own margin.</summary>
    internal bool IsIsolated => HasMargin && _margin.IsIsolated;

    /// <summary>Initial margin of the positions as they are.</summary>
    public decimal? MarginUsed => Money(SumNow().Used);

    /// <summary>Initial margin of the positions at their worst: with every live order of the worse side filled, unanswered ones included.</summary>
    public decimal? InitialMargin => Money(SumNow().Initial);

    /// <summary>What the positions need to be kept, the fee for closing them included.</summary>
    public decimal? MaintenanceMargin => Money(SumNow().Maintenance);

    /// <summary>What is left of the equity for further initial margin, the safety buffer taken off; below zero when there is less than nothing.</summary>
    public decimal? MarginAvailable => Money(FreeNanos() - SumNow().Initial);

    /// <summary>Maintenance margin over what stands behind it: 1 is liquidation. Isolated: of the position that is nearest to it. 0 where nothing needs any, infinite where nothing is behind it.</summary>
    public double MaintenanceRatio()
    {
        if (!HasMargin) return double.NaN;
        if (!_margin.IsIsolated) return Ratio(SumNow().Maintenance, EquityNanos(WholeAccount));
        double worst = 0;
        foreach (InstrumentHoldings open in _account.Open) worst = Math.Max(worst, MaintenanceRatio(open.Instrument));
        return worst;
    }

    /// <summary>As <see cref="MaintenanceRatio()"/>, of the position in an instrument where it is isolated; else of the account.</summary>
    public double MaintenanceRatio(InstrumentId instrument)
    {
        if (!HasMargin) return double.NaN;
        if (!_margin.IsIsolated) return MaintenanceRatio();
        Refresh();
        if ((uint)instrument.Index >= (uint)_parts.Length) return 0;
        MarginPart part = _parts[instrument.Index];
        return Ratio(part.Maintenance, part.Used + part.Unrealized);
    }

    /// <summary>The mark at which the position in the instrument would be liquidated; rounded to 1e-9.</summary>
    /// <returns>None where there is no position, no such price above zero, or no margin.</returns>
    public Price LiquidationPrice(InstrumentId instrument)
    {
        double price = LiquidationAt(instrument);
        return price * Price.Scale < long.MaxValue ? new Price((long)Math.Round(price * Price.Scale)) : Price.None;
    }

    /// <summary>How far the mark is from the liquidation price, as a fraction of the mark; NaN where there is no such price.</summary>
    public double LiquidationDistance(InstrumentId instrument)
    {
        double price = LiquidationAt(instrument);
        return double.IsNaN(price) ? double.NaN : Math.Abs(Mid(instrument) - price) / Mid(instrument);
    }

    // ---- for the gate

    /// <summary>Equity that initial margin may take, units of 1e-9.</summary>
    internal Int128 FreeNanos()
    {
        if (!HasMargin) return 0;
        Int128 equity = EquityNanos(WholeAccount), locked = _margin.IsIsolated ? SumNow().Unrealized : 0;
        return equity - locked - _margin.Buffer(equity);
    }

    /// <summary>Initial margin of the account with more reserved on a side of an instrument, and whether that makes it larger.</summary>
    /// <param name="price">By which it is valued where there is no mark; None where there is none either.</param>
    /// <param name="added">Units of 1e-9, not below zero.</param>
    /// <returns>False where nothing tells what it is worth.</returns>
    internal bool TryInitialWith(InstrumentId instrument, Side side, Price price, long added, out Int128 initial, out bool isMore)
    {
        (initial, isMore) = (SumNow().Initial, false);
        if (!_account.HasMark(instrument) && price.IsNone) return added == 0;
        Int128 now = (uint)instrument.Index < (uint)_parts.Length ? _parts[instrument.Index].Initial : 0;
        Int128 then = InitialOf(instrument, side == Side.Buy ? added : 0, side == Side.Sell ? added : 0, price);
        initial += then - now;
        isMore = then > now;
        return true;
    }

    // ---- what it came to

    /// <summary>The worst that margin came to, at every fill and move of a held mark; null without margin.</summary>
    internal MarginExtremes? Extremes => HasMargin ? _extremes : null;

    internal void Define(in InstrumentDefinition definition) => _margin?.Define(in definition);

    /// <summary>Notes how near liquidation the account and the instruments are that changed.</summary>
    internal void SampleMargin()
    {
        if (!HasMargin || _sampled == Version) return;
        _sampled = Version;
        Refresh();
        foreach (InstrumentId instrument in _refreshed) _extremes = _extremes.With(instrument, LiquidationDistance(instrument));
        _refreshed.Clear();
        _extremes = _extremes.With(MaintenanceRatio(), Leverage(WholeAccount));
    }

    private MarginPart SumNow()
    {
        Refresh();
        return _sum;
    }

    private void RefreshMargin(InstrumentId instrument)
    {
        if (instrument.Index >= _parts.Length) Array.Resize(ref _parts, Math.Max(instrument.Index + 1, _parts.Length * 2));
        MarginPart part = PartOf(instrument);
        _sum = _sum.Plus(part).Less(_parts[instrument.Index]);
        _parts[instrument.Index] = part;
        _refreshed.Add(instrument);
    }

    private MarginPart PartOf(InstrumentId instrument)
    {
        MarginRule rule = _margin![instrument];
        Terms terms = _account.Terms(instrument);
        long rate = _account.RateNanos(terms.Currency);
        MarginPart part = default;
        if (rate != 0 && terms.IsSupported && _account.FindTraded(instrument) is { } traded && traded.Open.Length > 0)
        {
            for (PositionSide side = PositionSide.Net; side <= PositionSide.Short; side++)
                if (traded.Held(side) is var held && held != 0) part = part.Plus(PositionOf(traded, side, held, rule, rate));
            if (!rule.IsSpot) part = part with { Unrealized = CurrencyRates.Convert(traded.UnrealizedNanos, rate) };
        }
        bool isAlone = _exposure[instrument, Side.Buy].IsZero && _exposure[instrument, Side.Sell].IsZero && _account.FindTraded(instrument)?.IsOneSided != false && !HasReducing(instrument);
        return part with { Initial = isAlone ? part.Used : InitialOf(instrument, 0, 0, Price.None) };
    }

    private MarginPart PositionOf(InstrumentHoldings traded, PositionSide side, Int128 held, MarginRule rule, long rate)
    {
        Int128 quantity = Int128.Abs(held), notional = Clamp(_account.NotionalNanos(traded.Instrument, held));
        Int128 entry = _margin!.IsIsolated || rule.Basis == MaintenanceBasis.Entry ? EntryNotional(traded, side, notional) : notional;
        Int128 used = rule.Initial(_margin.IsIsolated && !rule.IsSpot ? entry : notional, quantity);
        return new MarginPart(InAccount(used, rate), 0, InAccount(rule.Maintenance(notional, quantity, entry), rate), 0);
    }

    /// <summary>What was paid for the position; what it is worth where the owners' costs, added up, make no sense as a price.</summary>
    private Int128 EntryNotional(InstrumentHoldings traded, PositionSide side, Int128 notional)
    {
        Terms terms = _account.Terms(traded.Instrument);
        Int128 cost = traded.Cost(side), held = traded.Held(side);
        bool isSound = terms.IsSupported && cost != 0 && cost > 0 == (terms.IsInverse ? held < 0 : held > 0);
        return isSound ? Clamp(Int128.Abs(terms.MoneyNanos(cost))) : notional;
    }

    /// <summary>Initial margin of an instrument at its worst, in the account's currency.</summary>
    private Int128 InitialOf(InstrumentId instrument, Int128 buying, Int128 selling, Price price)
    {
        Terms terms = _account.Terms(instrument);
        long rate = _account.RateNanos(terms.Currency);
        if (rate == 0 || !terms.IsSupported) return 0;
        Int128 held = _account.Held(instrument), gross = _account.GrossNanos(instrument), parted = gross - Int128.Abs(held);
        Int128 long_ = held + Worst(instrument, Side.Buy) + buying, short_ = -held + Worst(instrument, Side.Sell) + selling;
        Int128 worst = Int128.Max(Int128.Max(long_, short_), 0) + parted;
        return InAccount(InitialOf(instrument, terms, worst, gross, isSameSide: held >= 0 == long_ >= short_, price), rate);
    }

    /// <param name="isSameSide">The worst is on the side of what is held.</param>
    private Int128 InitialOf(InstrumentId instrument, Terms terms, Int128 worst, Int128 gross, bool isSameSide, Price price)
    {
        if (worst == 0) return 0;
        MarginRule rule = _margin![instrument];
        if (!_margin.IsIsolated || rule.IsSpot || gross == 0 || !isSameSide) return rule.Initial(Worth(instrument, terms, worst, price), worst);
        InstrumentHoldings traded = _account.FindTraded(instrument)!;
        Int128 own = 0, more = Int128.Max(worst - gross, 0);
        for (PositionSide side = PositionSide.Net; side <= PositionSide.Short; side++)
        {
            Int128 quantity = traded.Held(side);
            if (quantity != 0) own += rule.Initial(EntryNotional(traded, side, Clamp(_account.NotionalNanos(instrument, quantity))), Int128.Abs(quantity));
        }
        return more == 0 ? own : own + rule.Initial(Worth(instrument, terms, more, price), more);
    }

    private Int128 Worth(InstrumentId instrument, Terms terms, Int128 quantity, Price price) =>
        Clamp(_account.HasMark(instrument) || price.IsNone ? _account.NotionalNanos(instrument, quantity) : terms.NotionalNanos(quantity, price, price));

    /// <summary>What live orders of a side may fill; those that only reduce take their strategy's position to nothing at most.</summary>
    private Int128 Worst(InstrumentId instrument, Side side)
    {
        Int128 sum = _exposure[instrument, side].Nanos;
        for (int strategy = 0; strategy < _owners - 1; strategy++)
        {
            long reducing = _exposure.Reducing(strategy, instrument, side).Nanos;
            if (reducing != 0) sum += Math.Min(reducing, Math.Max(-side.Sign() * _account.Strategy(strategy).Quantity(instrument).Nanos, 0));
        }
        return sum;
    }

    // ---- liquidation

    private double LiquidationAt(InstrumentId instrument)
    {
        if (!HasMargin || !_account.IsDefined(instrument) || !_account.HasPosition(instrument)) return double.NaN;
        MarginRule rule = _margin[instrument];
        Terms terms = _account.Terms(instrument);
        long rate = _account.RateNanos(terms.Currency);
        double mid = Mid(instrument);
        if (rule.IsSpot || rate == 0 || !terms.IsSupported || !(mid > 0)) return double.NaN;
        InstrumentHoldings traded = _account.FindTraded(instrument)!;
        double x = terms.IsInverse ? 1 / mid : mid;
        double at = _margin.IsIsolated ? IsolatedPoint(traded, rule, terms, x) : CrossPoint(traded, rule, terms, rate, x);
        return terms.IsInverse ? 1 / at : at;
    }

    private double CrossPoint(InstrumentHoldings traded, MarginRule rule, Terms terms, long rate, double x)
    {
        Refresh();
        MarginPart own = _parts[traded.Instrument.Index];
        Int128 behind = EquityNanos(WholeAccount) - own.Unrealized - (_sum.Maintenance - own.Maintenance);
        double available = (double)behind / rate;      // 1e-9 of the account's money by 1e-9 of a rate: whole units of the instrument's
        Span<LiquidationLeg> legs = stackalloc LiquidationLeg[Holdings.Sides];
        int count = 0;
        for (PositionSide side = PositionSide.Net; side <= PositionSide.Short; side++)
        {
            if (traded.Held(side) == 0) continue;
            legs[count++] = Leg(traded, side, terms);
            available -= Constant(traded, side, rule);
        }
        return LiquidationPoint.Nearest(legs[..count], available, rule.IsMaintenanceConstant ? null : rule.Tiers, rule.CloseFee, x);
    }

    /// <summary>Of the position side that is nearest to it.</summary>
    private double IsolatedPoint(InstrumentHoldings traded, MarginRule rule, Terms terms, double x)
    {
        double nearest = double.NaN;
        for (PositionSide side = PositionSide.Net; side <= PositionSide.Short; side++)
        {
            Int128 held = traded.Held(side);
            if (held == 0) continue;
            Int128 entry = EntryNotional(traded, side, Clamp(_account.NotionalNanos(traded.Instrument, held)));
            double available = Whole(rule.Initial(entry, Int128.Abs(held))) - Constant(traded, side, rule);
            double at = LiquidationPoint.Nearest([Leg(traded, side, terms)], available, rule.IsMaintenanceConstant ? null : rule.Tiers, rule.CloseFee, x);
            if (double.IsNaN(nearest) || Math.Abs(at - x) < Math.Abs(nearest - x)) nearest = at;
        }
        return nearest;
    }

    private static LiquidationLeg Leg(InstrumentHoldings traded, PositionSide side, Terms terms)
    {
        double multiplier = terms.MultiplierNanos / (double)Price.Scale, size = Whole(traded.Held(side)) * multiplier;
        return new LiquidationLeg(terms.IsInverse ? -size : size, (double)traded.Cost(side) / ((double)Price.Scale * Quantity.Scale) * multiplier);
    }

    /// <summary>Maintenance margin that does not depend on the mark, in whole units.</summary>
    private double Constant(InstrumentHoldings traded, PositionSide side, MarginRule rule)
    {
        if (!rule.IsMaintenanceConstant) return 0;
        Int128 held = traded.Held(side), notional = Clamp(_account.NotionalNanos(traded.Instrument, held));
        return Whole(rule.MaintenanceAlone(notional, Int128.Abs(held), EntryNotional(traded, side, notional)));
    }

    private double Mid(InstrumentId instrument) => _account.TwiceMidNanos(instrument) / (2.0 * Price.Scale);

    private static double Whole(Int128 nanos) => (double)nanos / Price.Scale;

    private static double Ratio(Int128 needed, Int128 behind)
    {
        if (needed <= 0) return 0;
        return behind > 0 ? (double)needed / (double)behind : double.PositiveInfinity;
    }

    private decimal? Money(Int128 nanos) => HasMargin ? Ledger.ToMoney(nanos) : null;
}
