using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Microstructure;

/// <summary>
/// How fast the mid moves, in price units per second: (mid now − mid a window ago) ÷ window. The mid of a moment is that of the newest sound book at or before it. Known once a sound book is as old as
/// the window; NaN while the book is not sound.
/// </summary>
/// <remarks>It keeps the newest 65,536 changes of the mid: where more come within a window it is not known.</remarks>
public sealed class MidRate : TapeFeature
{
    /// <summary>Changes of the mid that are kept.</summary>
    public const int ChangesMax = 1 << 16;

    private readonly Duration _window;
    private (long Time, double Mid)[] _changes = new (long, double)[64];      // a ring; its length is a power of two
    private int _first, _count;
    private bool _isSound;

    /// <param name="window">Above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero.</exception>
    public MidRate(Duration window)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window.Nanos, nameof(window));
        _window = window;
    }

    /// <inheritdoc/>
    public override bool TakesBook => true;

    /// <inheritdoc/>
    public override bool FollowsTime => true;

    /// <inheritdoc/>
    public override void TakeBook(BookSample book)
    {
        _isSound = book.IsSound;
        if (_isSound && (_count == 0 || Change(_count - 1).Mid != book.Mid)) Push(book.Time.Nanos, book.Mid);
        AsOf(book.Time);
    }

    /// <inheritdoc/>
    public override void AsOf(Timestamp now)
    {
        long from = now.Nanos - _window.Nanos;
        while (_count > 1 && Change(1).Time <= from) DropFirst();
        bool isKnown = _isSound && Change(0).Time <= from;
        Set(isKnown ? (Change(_count - 1).Mid - Change(0).Mid) / ((double)_window.Nanos / Timestamp.NanosPerSecond) : double.NaN);
    }

    /// <inheritdoc/>
    protected override void Clear() => (_first, _count, _isSound) = (0, 0, false);

    private ref (long Time, double Mid) Change(int at) => ref _changes[(_first + at) & (_changes.Length - 1)];

    private void Push(long time, double mid)
    {
        if (_count == ChangesMax) DropFirst();
        if (_count == _changes.Length) Grow();
        _count++;
        Change(_count - 1) = (time, mid);
    }

    private void DropFirst()
    {
        _first = (_first + 1) & (_changes.Length - 1);
        _count--;
    }

    private void Grow()
    {
        (long, double)[] changes = new (long, double)[_changes.Length * 2];
        for (int i = 0; i < _count; i++) changes[i] = Change(i);
        (_changes, _first) = (changes, 0);
    }
}
