namespace Fathom.Engine.Features.Microstructure;

/// <summary>The least-squares line through the last n points. As in <see cref="RollingSums"/> nothing is taken off: each old point holds the moments from itself to the end of the old part.</summary>
internal sealed class RollingLine(int length)
{
    private readonly LineMoments[] _points = new LineMoments[length];      // a ring
    private int _next, _count, _old;
    private LineMoments _young;

    /// <summary>There are n points.</summary>
    public bool IsFull => _count == _points.Length;

    public LineMoments Moments => _old == 0 ? _young : _points[(_next + _points.Length - _count) % _points.Length] + _young;

    /// <summary>Takes a point; the oldest of n goes.</summary>
    public void Add(double x, double y)
    {
        if (IsFull) DropFirst();
        LineMoments point = LineMoments.Of(x, y);
        _points[_next] = point;
        _young += point;
        _count++;
        if (++_next == _points.Length) _next = 0;
    }

    public void Clear() => (_next, _count, _old, _young) = (0, 0, 0, default);

    /// <summary>Called with a full ring: the oldest stands where the next comes.</summary>
    private void DropFirst()
    {
        if (_old == 0) Age();
        _count--;
        _old--;
    }

    private void Age()
    {
        LineMoments sum = default;
        for (int i = _count - 1; i >= 0; i--)
        {
            int at = (_next + i) % _points.Length;
            _points[at] = sum = _points[at] + sum;
        }
        (_old, _young) = (_count, default);
    }
}
