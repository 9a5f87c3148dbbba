using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Risk.Limits;

/// <summary>How large and how small one order may be, in quantity and in money; what is filled of it counts.</summary>
/// <param name="sums">Know what quantities are worth; needed where money is limited.</param>
internal sealed class OrderSize(Account account, ExposureSums? sums, WorstPositions positions)
{
    /// <param name="added">By how much the command makes the reservation of its side larger, units of 1e-9.</param>
    public Refusal Check(in OrderCommand command, ScopeTable.OfInstrument of, long added, List<RuleVerdict>? explained)
    {
        Refusal refusal = CheckQuantity(in command, of, explained);
        if (refusal.IsNone && of.QuantityMin != 0)
        {
            bool isPassed = command.Quantity.Nanos >= of.QuantityMin || positions.OnlyReduces(in command, command.Output.Strategy, added);
            refusal = RuleVerdict.Say(explained, RiskRule.QuantityMin, RiskScope.Order, isPassed, of.QuantityMin, command.Quantity.Nanos);
        }
        return refusal.IsNone && of.HasNotional ? CheckNotional(in command, of, added, explained) : refusal;
    }

    /// <summary>The largest quantity: it needs to know nothing but the order.</summary>
    public static Refusal CheckQuantity(in OrderCommand command, ScopeTable.OfInstrument of, List<RuleVerdict>? explained)
    {
        bool isPassed = command.Quantity.Nanos <= of.QuantityMax;
        if (explained is null ? isPassed : of.QuantityMax == long.MaxValue) return Refusal.None;
        return RuleVerdict.Say(explained, RiskRule.QuantityMax, RiskScope.Order, isPassed, of.QuantityMax, command.Quantity.Nanos);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Refusal CheckNotional(in OrderCommand command, ScopeTable.OfInstrument of, long added, List<RuleVerdict>? explained)
    {
        InstrumentId instrument = command.Header.Instrument;
        bool hasRate = account.RateNanos(account.Terms(instrument).Currency) != 0, hasPrice = !command.Price.IsNone || account.HasMark(instrument);
        if (!hasRate) return RuleVerdict.Say(explained, RiskRule.CurrencyRate, RiskScope.None, isPassed: false, 0, instrument.Index);
        if (!hasPrice) return RuleVerdict.Say(explained, RiskRule.Mark, RiskScope.None, isPassed: false, 0, instrument.Index);
        sums!.RefreshFor(instrument);
        UnitValue unit = command.Price.IsNone ? sums.Unit(instrument) : sums.UnitAt(instrument, command.Price);
        Int128 notional = unit.Of(command.Quantity.Nanos);
        Refusal refusal = Refusal.None;
        if (of.NotionalMax != ScopeState.Unlimited) refusal = RuleVerdict.Say(explained, RiskRule.OrderNotionalMax, RiskScope.Order, notional <= of.NotionalMax, of.NotionalMax, notional);
        if (!refusal.IsNone || of.NotionalMin == 0) return refusal;
        bool isPassed = notional >= of.NotionalMin || positions.OnlyReduces(in command, command.Output.Strategy, added);
        return RuleVerdict.Say(explained, RiskRule.OrderNotionalMin, RiskScope.Order, isPassed, of.NotionalMin, notional);
    }
}
