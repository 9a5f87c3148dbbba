using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Statistics;

/// <summary>One of two series whose returns are set against each other where their times overlap: its returns within the window, and which of them ended after the last value of the other.</summary>
internal sealed class OverlapSide(FeatureWindow window)
{
    private readonly SampleWindow<double, SquareTotal> _returns = new(window);
    private ReturnStep _step;
    private long _pending;
    private long _begun;      // number of the oldest return that began when its last value came

    /// <summary>When its last value came; only where <see cref="HasValue"/>.</summary>
    public Timestamp Time { get; private set; }

    public bool HasValue { get; private set; }

    /// <summary>Number of the oldest return in the window.</summary>
    public long First => _returns.First;

    /// <summary>Number of the return to come.</summary>
    public long End => _returns.End;

    /// <summary>Number of the oldest return in the window that ended after the last value of the other series.</summary>
    public long Pending => Math.Max(_pending, _returns.First);

    /// <summary>Number after that of the last return that began before now.</summary>
    public long EndBefore(Timestamp now) => Time == now ? _begun : _returns.End;

    /// <summary>Sum of the squared returns; there is one.</summary>
    public double Squares => _returns.Total.Value;

    public bool IsTime => _returns.IsTime;

    public bool IsKnown => _returns.Has(1);

    /// <summary>A return by its number.</summary>
    public double this[long number] => _returns[number];

    /// <returns>A return was added.</returns>
    public bool Take(Timestamp now, double value)
    {
        bool isReturn = _step.TryTake(value, out double change), isSameTime = HasValue && Time == now;
        (Time, HasValue) = (now, true);
        if (isReturn) _returns.Take(now, change);
        if (!isSameTime) _begun = _returns.End;
        return isReturn;
    }

    /// <summary>All that ended until now ended before the next return of the other series began.</summary>
    public void Settle() => _pending = _returns.End;

    /// <returns>Something went.</returns>
    public bool Expire(Timestamp now) => _returns.Expire(now);

    public void Clear()
    {
        _returns.Clear();
        (_step, _pending, _begun, Time, HasValue) = (default, 0, 0, default, false);
    }
}
