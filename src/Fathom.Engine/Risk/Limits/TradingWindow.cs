using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Engine.Risk.Limits;

/// <summary>When, and for how long, orders may leave: by the instrument's trading state, the session's hours and the times in force that are allowed.</summary>
internal sealed class TradingWindow
{
    private readonly Instruments _instruments;
    private readonly SessionCalendar? _calendar;
    private readonly TradingTimes _times;
    private readonly uint _allowed;      // a bit for each time in force; 0: all

    /// <param name="keepsTime">The engine ends orders in the venue's place: what it sends is good till canceled whatever was asked for.</param>
    public TradingWindow(RiskLimits limits, Instruments instruments, SessionCalendar? calendar, bool keepsTime)
    {
        (_instruments, _calendar, _times) = (instruments, calendar, limits.TradingTimes);
        foreach (TimeInForce time in limits.TimesInForce) _allowed |= 1u << (int)time;
        bool isDated = (_allowed & (1u << (int)TimeInForce.Day | 1u << (int)TimeInForce.GoodTillDate)) != 0;
        if (keepsTime && isDated) _allowed |= 1u << (int)TimeInForce.GoodTillCancel;
    }

    /// <param name="isReduceOnly">A way out is barred by no list and no clock: only where nothing trades.</param>
    /// <param name="isReleased">It was judged by its time in force before.</param>
    public Refusal Check(in OrderCommand command, bool isReduceOnly, bool isReleased, List<RuleVerdict>? explained)
    {
        Refusal refusal = _times == TradingTimes.Any ? Refusal.None : CheckTimes(in command, isReduceOnly, explained);
        return refusal.IsNone ? CheckTimeInForce(in command, isFree: isReduceOnly || isReleased, explained) : refusal;
    }

    /// <summary>A replacement leaves the time in force as it is.</summary>
    /// <param name="isFree">Any will do.</param>
    public Refusal CheckTimeInForce(in OrderCommand command, bool isFree, List<RuleVerdict>? explained)
    {
        if (_allowed == 0 || command.Kind != CommandKind.Submit) return Refusal.None;
        bool isAllowed = isFree || (_allowed >> (int)command.TimeInForce & 1) != 0;
        return RuleVerdict.Say(explained, RiskRule.TimeInForce, RiskScope.Order, isAllowed, _allowed, (int)command.TimeInForce);
    }

    private Refusal CheckTimes(in OrderCommand command, bool isReduceOnly, List<RuleVerdict>? explained)
    {
        TradingState state = _instruments.StateOf(command.Header.Instrument);
        bool isForAuction = command.Type is OrderType.AtOpen or OrderType.AtClose;
        bool isOpen = state switch
        {
            TradingState.Halted or TradingState.Closed => false,
            TradingState.PreOpen or TradingState.Auction => isForAuction,
            _ => true,
        };
        Refusal refusal = RuleVerdict.Say(explained, RiskRule.TradingTimes, RiskScope.Instrument, isOpen, (int)TradingState.Continuous, (int)state);
        if (!refusal.IsNone || _times == TradingTimes.State || _calendar is null) return refusal;
        bool isWithin = _calendar.TryFind(command.Header.EventTime, out Session session) || isReduceOnly;
        return RuleVerdict.Say(explained, RiskRule.TradingTimes, RiskScope.Order, isWithin, session.Open.Nanos, command.Header.EventTime.Nanos);
    }
}
