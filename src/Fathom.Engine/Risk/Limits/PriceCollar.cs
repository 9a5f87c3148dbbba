using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;
using Fathom.Market.Books;

namespace Fathom.Engine.Risk.Limits;

/// <summary>Keeps prices near a reference, in the direction that costs us.</summary>
internal sealed class PriceCollar
{
    private const int Whole = 10_000;

    private readonly Account _account;
    private readonly BookSet? _books;
    private readonly CollarReference _from;

    /// <param name="books">Without them nobody knows of trades.</param>
    public PriceCollar(RiskLimits limits, Account account, BookSet? books)
    {
        (_account, _books, _from) = (account, books, limits.PriceCollarFrom);
        if (_from == CollarReference.Close) account.KeepCloses();
    }

    /// <summary>In 1/20,000 of a unit of 1e-9, so that neither the reference nor its share is rounded.</summary>
    /// <param name="bps">Above zero.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Refusal Check(in OrderCommand command, int bps, List<RuleVerdict>? explained)
    {
        bool isKnown = TryReference(command.Header.Instrument, out Int128 twice);
        if (!isKnown || explained is not null)
        {
            Refusal refusal = RuleVerdict.Say(explained, RiskRule.CollarReference, RiskScope.Order, isKnown, 0, command.Header.Instrument.Index);
            if (!refusal.IsNone || !isKnown) return refusal;
        }
        if (command.Price.IsNone) return Refusal.None;
        Int128 away = Int128.Abs(twice) * bps, worst = twice * Whole + (command.Side == Side.Buy ? away : -away), found = (Int128)command.Price.Nanos * 2 * Whole;
        bool isNear = command.Side == Side.Buy ? found <= worst : found >= worst;
        if (isNear && explained is null) return Refusal.None;
        return RuleVerdict.Say(explained, RiskRule.PriceCollar, RiskScope.Order, isNear, Towards(worst, 2 * Whole, command.Side), command.Price.Nanos);
    }

    /// <summary>Twice the reference.</summary>
    private bool TryReference(InstrumentId instrument, out Int128 twice)
    {
        if (_from == CollarReference.Last)
        {
            Price last = _books is null ? Price.None : _books[instrument].LastTrade;
            twice = 2 * (Int128)last.Nanos;
            return !last.IsNone;
        }
        bool isKnown = _from == CollarReference.Close ? _account.TryClose(instrument, out Price bid, out Price ask) : _account.TryMarket(instrument, out bid, out ask);
        twice = (Int128)bid.Nanos + ask.Nanos;
        return isKnown;
    }

    /// <summary>The last whole number that is not beyond a bound: below it for a buy, above it for a sell.</summary>
    private static Int128 Towards(Int128 bound, int by, Side side)
    {
        (Int128 quotient, Int128 rest) = Int128.DivRem(bound, by);
        if (rest == 0) return quotient;
        if (side == Side.Buy) return rest < 0 ? quotient - 1 : quotient;
        return rest > 0 ? quotient + 1 : quotient;
    }
}
