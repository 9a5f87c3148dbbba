using Fathom.Domain.Numerics;

namespace Fathom.Simulation.Generator;

/// <summary>When the feed's packets arrive: a transit of about a tenth of a millisecond with a tail, a single server that takes them one after the other, and a
/// rare stall behind which they pile up. Receive times never fall.</summary>
internal sealed class FeedClock
{
    private const long SamePacketNanos = 3_000, ServiceNanos = 1_200, StallNanosMax = 4_000_000;
    private const int EventsPerPacketMax = 8;

    private readonly QuantileTable _transit =
        new([0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1], [80_000, 88_000, 93_000, 98_000, 108_000, 190_000, 275_000, 900_000]);

    private readonly QuantileTable _sendDelta = new([0, 0.1, 0.5, 0.9, 1], [9_500, 10_800, 14_300, 18_000, 30_000]);
    private readonly uint[] _sequences;
    private long _packetTime = long.MinValue;
    private int _packetChannel = -1;
    private int _packetEvents;

    public FeedClock(int channels, long start)
    {
        _sequences = new uint[channels];
        for (int i = 0; i < channels; i++) _sequences[i] = 1_000_000u * (uint)(i + 1);
        ReceiveTime = start;
    }

    public long ReceiveTime { get; private set; }

    public int SendDelta { get; private set; }

    public uint Sequence(int channel) => _sequences[channel];

    /// <summary>Sends an event: in the packet before it where that is the same channel's and still open, else in a new one.</summary>
    public void Send(long eventTime, int channel, ref SplitMix64 random)
    {
        if (channel == _packetChannel && eventTime - _packetTime < SamePacketNanos && _packetEvents < EventsPerPacketMax)
        {
            _packetEvents++;
            return;
        }
        ulong bits = random.NextUInt64();
        long ready = eventTime + _transit.Draw(bits);
        if ((bits >> 28 & 0x3FFF) == 0) ready += (long)(random.NextUInt64() % StallNanosMax);
        ReceiveTime = Math.Max(ready, ReceiveTime + ServiceNanos);
        SendDelta = (int)_sendDelta.Draw(bits >> 36);
        _sequences[channel] += 1 + (uint)(bits >> 63);
        _packetChannel = channel;
        _packetTime = eventTime;
        _packetEvents = 1;
    }
}
