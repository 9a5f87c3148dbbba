using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Venue;

/// <summary>How a venue's clock follows its tape: the running maximum of the earlier of event time and receive time, in the order of the file.</summary>
internal static class VenueTime
{
    /// <summary>The clock with the next message. Definitions say what an instrument is, not what time it is, and a message without a receive time says nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Timestamp With(in MessageHeader next, Timestamp clock)
    {
        long time = Math.Min(next.EventTime.Nanos, next.ReceiveTime.Nanos);
        bool isClock = next.Type is MessageType.MarketByOrder or MessageType.TradingStateChanged && !next.ReceiveTime.IsNone;
        return isClock && time > clock.Nanos ? new Timestamp(time) : clock;
    }
}
