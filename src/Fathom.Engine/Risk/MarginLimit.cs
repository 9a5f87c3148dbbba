using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Risk;

/// <summary>Holds orders to margin: initial margin of the account's positions at their worst, the order's included, and the safety buffer are not more than its equity. An order that makes no
/// position at its worst larger passes.</summary>
internal sealed class MarginLimit
{
    private readonly RiskMeasures _measures;
    private readonly Account _account;

    private MarginLimit(RiskMeasures measures, Account account) => (_measures, _account) = (measures, account);

    /// <summary>Null when nothing is held to margin.</summary>
    public static MarginLimit? Of(RiskMeasures? measures, Account account) => measures is { HasMargin: true } ? new MarginLimit(measures, account) : null;

    /// <param name="added">By how much the command makes the reservation of its side larger, units of 1e-9.</param>
    /// <param name="free">Equity less the safety buffer, units of 1e-9.</param>
    /// <param name="initial">Initial margin with the order, in the same unit; 0 where it cannot be told.</param>
    public Refusal CheckOrder(in OrderCommand command, long added, out Int128 free, out Int128 initial)
    {
        InstrumentId instrument = command.Header.Instrument;
        (free, initial) = (0, 0);
        if (_account.RateNanos(_account.Terms(instrument).Currency) == 0) return new Refusal(ReasonCode.UnsupportedInstrument, 0, instrument.Index, RiskScope.Account);
        if (!_measures.TryInitialWith(instrument, command.Side, command.Price, added, out initial, out bool isMore))
            return new Refusal(ReasonCode.NoReferencePrice, 0, instrument.Index, RiskScope.Account);
        free = _measures.FreeNanos();
        return !isMore || initial <= free ? Refusal.None : Refusal.Of(ReasonCode.MarginLimit, free, initial, RiskScope.Account);
    }
}
