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
    public Refusal CheckOrder(in OrderCommand command, long added)
    {
        InstrumentId instrument = command.Header.Instrument;
        if (_account.RateNanos(_account.Terms(instrument).Currency) == 0) return new Refusal(ReasonCode.UnsupportedInstrument, 0, instrument.Index, RiskScope.Account);
        if (!_measures.TryInitialWith(instrument, command.Side, command.Price, added, out Int128 initial, out bool isMore))
            return new Refusal(ReasonCode.NoReferencePrice, 0, instrument.Index, RiskScope.Account);
        Int128 free = _measures.FreeNanos();
        return !isMore || initial <= free ? Refusal.None : Refusal.Of(ReasonCode.MarginLimit, free, initial, RiskScope.Account);
    }
}
