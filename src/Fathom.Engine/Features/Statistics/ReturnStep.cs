using System.Runtime.CompilerServices;

namespace Fathom.Engine.Features.Statistics;

/// <summary>Log returns of successive values. A value of zero or less is passed over: it has none.</summary>
internal struct ReturnStep
{
    private double _last;      // 0: there was none

    /// <returns>False where there is no value before, or the value has no logarithm.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(double value, out double change)
    {
        change = 0;
        if (!(value > 0)) return false;
        double last = _last;
        _last = value;
        if (last == 0) return false;
        change = LogRatio.Of(value, last);
        return true;
    }
}
