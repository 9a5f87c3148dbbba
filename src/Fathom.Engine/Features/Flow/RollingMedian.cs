namespace Fathom.Engine.Features.Flow;

/// <summary>The median of the last n values. Two heaps meet at the median, the lower half with its largest on top, the upper with its smallest; each value knows its place, so the one that leaves is
/// replaced where it stands: a value costs log n.</summary>
internal sealed class RollingMedian
{
    private readonly double[] _values;      // a ring
    private readonly int[] _places;         // of each value in its heap, from 1; below zero in the lower one
    private readonly int[] _lower, _upper;  // by place from 1: where in the ring
    private int _next, _count;

    /// <param name="length">n, 1 or more.</param>
    public RollingMedian(int length)
    {
        _values = new double[length];
        _places = new int[length];
        _lower = new int[(length + 1) / 2 + 1];
        _upper = new int[length / 2 + 1];
    }

    /// <summary>There are n values.</summary>
    public bool IsFull => _count == _values.Length;

    /// <summary>Of an even number of values the mean of the two in the middle; NaN without a value.</summary>
    public double Value => _count == 0 ? double.NaN : _count % 2 == 1 ? _values[_lower[1]] : _values[_lower[1]] + (_values[_upper[1]] - _values[_lower[1]]) / 2;

    private int LowerCount => (_count + 1) / 2;

    private int UpperCount => _count / 2;

    /// <summary>Takes a value; the oldest of n goes.</summary>
    public void Add(double value)
    {
        _values[_next] = value;
        if (IsFull) Settle(_places[_next]);
        else Insert(_next);
        if (++_next == _values.Length) _next = 0;
        if (_count > 1 && _values[_lower[1]] > _values[_upper[1]]) Exchange();
    }

    public void Clear() => (_next, _count) = (0, 0);

    /// <summary>At the end of the half whose turn it is; on the wrong side of the median it changes places with the other's top.</summary>
    private void Insert(int at)
    {
        _count++;
        if (_count % 2 == 1)
        {
            Put(-LowerCount, at);
            RiseLower(LowerCount);
        }
        else
        {
            Put(UpperCount, at);
            RiseUpper(UpperCount);
        }
    }

    private void Settle(int place)
    {
        if (place < 0)
        {
            RiseLower(-place);
            SinkLower(-_places[_next]);
        }
        else
        {
            RiseUpper(place);
            SinkUpper(_places[_next]);
        }
    }

    private void Exchange()
    {
        (int lower, int upper) = (_lower[1], _upper[1]);
        Put(-1, upper);
        Put(1, lower);
        SinkLower(1);
        SinkUpper(1);
    }

    private void RiseLower(int place)
    {
        int at = _lower[place];
        for (; place > 1 && _values[at] > _values[_lower[place / 2]]; place /= 2) Put(-place, _lower[place / 2]);
        Put(-place, at);
    }

    private void SinkLower(int place)
    {
        int at = _lower[place], count = LowerCount;
        while (place * 2 <= count)
        {
            int child = place * 2;
            if (child < count && _values[_lower[child + 1]] > _values[_lower[child]]) child++;
            if (_values[_lower[child]] <= _values[at]) break;
            Put(-place, _lower[child]);
            place = child;
        }
        Put(-place, at);
    }

    private void RiseUpper(int place)
    {
        int at = _upper[place];
        for (; place > 1 && _values[at] < _values[_upper[place / 2]]; place /= 2) Put(place, _upper[place / 2]);
        Put(place, at);
    }

    private void SinkUpper(int place)
    {
        int at = _upper[place], count = UpperCount;
        while (place * 2 <= count)
        {
            int child = place * 2;
            if (child < count && _values[_upper[child + 1]] < _values[_upper[child]]) child++;
            if (_values[_upper[child]] >= _values[at]) break;
            Put(place, _upper[child]);
            place = child;
        }
        Put(place, at);
    }

    private void Put(int place, int at)
    {
        if (place < 0) _lower[-place] = at;
        else _upper[place] = at;
        _places[at] = place;
    }
}
