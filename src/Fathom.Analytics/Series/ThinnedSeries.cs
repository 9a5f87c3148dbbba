using System.Runtime.CompilerServices;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Series;

/// <summary>
/// A series of any length in bounded memory, for a chart. Taking every n-th point would lose the spikes, which are what one looks for; averages would show values
/// that never were. So points are put into buckets of equally many, and of each bucket the lowest and the highest point stay, in their order. When the
/// buckets run out, neighbours are merged and the width doubles. The first and the last point always stay.
/// </summary>
/// <remarks>Buckets start two points wide, so that nothing is lost until they run out. Of equal extremes the earliest stays. The same points give the same
/// result, whenever it is read.</remarks>
public sealed class ThinnedSeries
{
    private readonly int _bucketsMax;
    private Bucket[] _buckets = new Bucket[8];
    private int _bucketCount;
    private Bucket _open;
    private long _inOpen;
    private long _width = 2;
    private Point _first, _last;

    /// <param name="pointsMax">How many points may stay, at least 6.</param>
    public ThinnedSeries(int pointsMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pointsMax, 6);
        _bucketsMax = (pointsMax - 2) / 4 * 2;      // two points each, beside the first and the last; an even number, to be merged by pairs
    }

    /// <summary>Points that were added.</summary>
    public long Total { get; private set; }

    public void Add(Timestamp time, double value) => Add(time, value, value);

    /// <param name="time">Not before the point before.</param>
    /// <param name="low">What a bucket keeps the lowest of.</param>
    /// <param name="high">What a bucket keeps the highest of.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Timestamp time, double low, double high)
    {
        _last.Index = Total++;
        _last.Value = new SeriesPoint(time, low, high);
        if (_inOpen == 0)
        {
            if (_last.Index == 0) _first = _last;
            _open.Lowest = _open.Highest = _last;
        }
        else
        {
            if (low < _open.Lowest.Value.Low) _open.Lowest = _last;
            if (high > _open.Highest.Value.High) _open.Highest = _last;
        }
        if (++_inOpen == _width) Close();
    }

    /// <summary>The points that stayed, oldest first.</summary>
    public SeriesPoint[] ToArray()
    {
        List<SeriesPoint> points = [];
        if (Total == 0) return [];
        long next = 0;      // index of the oldest point that may still come: extremes of a bucket may be one point, and the first or last of all
        Append(_first, points, ref next);
        for (int i = 0; i < _bucketCount; i++) Append(_buckets[i], points, ref next);
        if (_inOpen > 0) Append(_open, points, ref next);
        Append(_last, points, ref next);
        return [.. points];
    }

    private static void Append(in Bucket bucket, List<SeriesPoint> points, ref long next)
    {
        bool isLowFirst = bucket.Lowest.Index < bucket.Highest.Index;
        Append(isLowFirst ? bucket.Lowest : bucket.Highest, points, ref next);
        Append(isLowFirst ? bucket.Highest : bucket.Lowest, points, ref next);
    }

    private static void Append(in Point point, List<SeriesPoint> points, ref long next)
    {
        if (point.Index < next) return;
        points.Add(point.Value);
        next = point.Index + 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Close()
    {
        if (_bucketCount == _buckets.Length) Array.Resize(ref _buckets, _buckets.Length * 2);
        _buckets[_bucketCount++] = _open;
        _inOpen = 0;
        if (_bucketCount == _bucketsMax) MergePairs();
    }

    private void MergePairs()
    {
        for (int i = 0; i < _bucketCount; i += 2)
        {
            Bucket merged = _buckets[i];
            ref readonly Bucket later = ref _buckets[i + 1];
            if (later.Lowest.Value.Low < merged.Lowest.Value.Low) merged.Lowest = later.Lowest;
            if (later.Highest.Value.High > merged.Highest.Value.High) merged.Highest = later.Highest;
            _buckets[i / 2] = merged;
        }
        _bucketCount /= 2;
        _width *= 2;
    }

    private struct Point
    {
        public long Index;
        public SeriesPoint Value;
    }

    private struct Bucket
    {
        public Point Lowest;
        public Point Highest;
    }
}
