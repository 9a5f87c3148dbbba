using Fathom.Data.Merging;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Data.Series;

/// <summary>Lays series of numbers into a stream of market data, each message where it takes effect.</summary>
/// <remarks>
/// Market data takes effect at its receive time + the feed latency, a point of a series when it became known: what it went through is in that time already. At equal time
/// market data comes first, then the series in their order, then bars of the market that begin (<see cref="TimeMerge"/>). When the market data ends, so does the stream: points that became known later are of no
/// use to a run, and would draw it out.
/// Of each source one block is in memory.
/// </remarks>
public sealed class MergedSource : IMessageSource
{
    private const int MarketBytes = 64 * 1024;
    private const int SeriesBytes = 4 * 1024;

    private readonly IMessageSource[] _sources;
    private readonly TimeMerge _merge;

    /// <param name="market">Disposed with this, like the series.</param>
    /// <param name="feedLatency">On top of the market data's receive times.</param>
    public MergedSource(IMessageSource market, Duration feedLatency, IReadOnlyList<IMessageSource> series)
    {
        _sources = [market, .. series];
        _merge = new TimeMerge([
            new MergeInput(Timestamp.Earliest, feedLatency, MarketBytes, () => market),
            .. series.Select(source => new MergeInput(Timestamp.Earliest, Duration.Zero, SeriesBytes, () => source)),
        ]);
    }

    /// <summary>How many points of a series became known in time to be handed on; its definition, which comes first, is none.</summary>
    public long PointCount(int series) => Math.Max(0, _merge.MessageCount(series + 1) - 1);

    public int Read(Span<byte> buffer)
    {
        int used = 0;
        while (_merge.HasMore(0) && _merge.Next() >= 0)
        {
            int copied = _merge.Copy(buffer[used..]);
            if (copied == 0) break;
            used += copied;
        }
        return used;
    }

    public void Dispose()
    {
        _merge.Dispose();
        foreach (IMessageSource source in _sources) source.Dispose();
    }
}
