using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Data.Series;

/// <summary>Lays series of numbers into a stream of market data, each message where it takes effect.</summary>
/// <remarks>
/// Market data takes effect at its receive time + the feed latency, a point of a series when it became known: what it went through is in that time already. At equal time
/// market data comes first, then the series in their order. Each source keeps its own order: a message that states an earlier time than one before it, or none, has that one's
/// time. When the market data ends, so does the stream: points that became known later are of no use to a run, and would draw it out.
/// Of each source one block is in memory.
/// </remarks>
public sealed class MergedSource : IMessageSource
{
    private const int MarketBytes = 64 * 1024;
    private const int SeriesBytes = 4 * 1024;

    private readonly Head _market;
    private readonly Head[] _series;

    /// <param name="market">Disposed with this, like the series.</param>
    /// <param name="feedLatency">On top of the market data's receive times.</param>
    public MergedSource(IMessageSource market, Duration feedLatency, IReadOnlyList<IMessageSource> series)
    {
        _market = new Head(market, feedLatency, MarketBytes);
        _series = [.. series.Select(source => new Head(source, Duration.Zero, SeriesBytes))];
    }

    /// <summary>How many points of a series became known in time to be handed on.</summary>
    public long PointCount(int series) => _series[series].PointCount;

    public int Read(Span<byte> buffer)
    {
        int used = 0;
        while (_market.TryReach())
        {
            Head? series = FirstSeries();
            bool isMarket = series is null || _market.Time <= series.Time;
            int copied = isMarket ? _market.CopyUpTo(series?.Time ?? Timestamp.None, buffer[used..]) : series!.CopyUpTo(Timestamp.Earliest, buffer[used..]);
            if (copied == 0) break;
            used += copied;
        }
        return used;
    }

    public void Dispose()
    {
        _market.Dispose();
        foreach (Head series in _series) series.Dispose();
    }

    private Head? FirstSeries()
    {
        Head? first = null;
        foreach (Head series in _series)
            if (series.TryReach() && (first is null || series.Time < first.Time)) first = series;
        return first;
    }

    /// <summary>A source, a block of it, and the time at which its next message takes effect.</summary>
    private sealed class Head(IMessageSource source, Duration latency, int blockBytes) : IDisposable
    {
        private readonly long[] _block = new long[blockBytes / 8];
        private int _at, _end, _length;

        /// <summary>Of the next message, once it was reached; the earliest time where neither it nor one before states any.</summary>
        public Timestamp Time { get; private set; } = Timestamp.Earliest;

        public long PointCount { get; private set; }

        private Span<byte> Block => MemoryMarshal.AsBytes(_block.AsSpan());

        /// <summary>Makes sure that the next message and its time are known; false at the end.</summary>
        public bool TryReach()
        {
            if (_length > 0) return true;
            if (_at == _end) (_at, _end) = (0, source.Read(Block));
            if (_at == _end) return false;
            ref readonly MessageHeader header = ref Messages.Header(Block[_at.._end]);
            _length = header.Length;
            Invariant.Require(_length >= Unsafe.SizeOf<MessageHeader>() && _length <= _end - _at, "a source yields whole messages");
            if (!header.ReceiveTime.IsNone) Time = Timestamp.Max(Time, header.ReceiveTime + latency);
            return true;
        }

        /// <summary>Copies the next message, and those behind it in the block that take effect at or before the limit, as far as there is room.</summary>
        /// <returns>Bytes; 0 when there is no room.</returns>
        public int CopyUpTo(Timestamp limit, Span<byte> to)
        {
            int from = _at;
            while (_length > 0 && _at - from + _length <= to.Length)
            {
                if (Messages.Header(Block[_at..]).Type == MessageType.SeriesPoint) PointCount++;
                _at += _length;
                _length = 0;
                if (_at == _end || !TryReach() || Time > limit) break;
            }
            Block[from.._at].CopyTo(to);
            return _at - from;
        }

        public void Dispose() => source.Dispose();
    }
}
