using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Domain;
using Fathom.Domain.Messages;

namespace Fathom.Simulation.Venue;

/// <summary>A queue of whole messages of any type, back to back in a circle of bytes that grows by doubling up to a bound and then allocates no more.</summary>
/// <remarks>
/// A message never lies across the end of the circle: where it does not fit behind the newest one, it begins at the start.
/// <code>
///   [ 4 4 4 5 5 │ free │ 1 1 2 2 2 2 3 3 │ gap ]
///     newer part tail   head              end
/// </code>
/// </remarks>
/// <param name="bytesMax">A power of two. More waiting messages mean that a strategy runs away or a clock stands still.</param>
internal sealed class MessageRing(int bytesMax)
{
    private byte[] _bytes = new byte[4096];
    private int _head;
    private int _tail;
    private int _end;      // of the older part, while the newer one has begun at the start
    private bool _isWrapped;

    public int Count { get; private set; }

    public bool IsEmpty => Count == 0;

    /// <summary>Header of the oldest message; there is one.</summary>
    public ref readonly MessageHeader FirstHeader => ref Messages.Header(_bytes.AsSpan(_head));

    /// <summary>The oldest message; there is one. Valid until it is dropped.</summary>
    public ReadOnlySpan<byte> First => _bytes.AsSpan(_head, FirstHeader.Length);

    /// <summary>Messages of so many bytes in all fit, whatever their lengths.</summary>
    public bool HasRoomFor(long bytes) => bytes <= bytesMax - Messages.LengthMax - Used;

    private int Used => _isWrapped ? _end - _head + _tail : _tail - _head;

    /// <param name="message">Its header states its length.</param>
    public void Enqueue<T>(in T message) where T : unmanaged
    {
        int length = Unsafe.SizeOf<T>(), room = _isWrapped ? _head : _bytes.Length;
        if (_tail + length > room) MakeRoom(length);
        Unsafe.As<byte, T>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), _tail)) = message;      // there is room for it, 8-byte aligned like all lengths
        _tail += length;
        Count++;
    }

    /// <summary>Drops the oldest message; there is one.</summary>
    public void Dequeue()
    {
        _head += FirstHeader.Length;
        if (--Count == 0) (_head, _tail, _isWrapped) = (0, 0, false);
        else if (_isWrapped && _head == _end) (_head, _isWrapped) = (0, false);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MakeRoom(int length)
    {
        if (!_isWrapped && length <= _head)
        {
            (_end, _tail, _isWrapped) = (_tail, 0, true);
            return;
        }
        Invariant.Require(_bytes.Length < bytesMax, "a venue's queue stays below its bound");
        byte[] larger = new byte[_bytes.Length * 2];
        int older = _isWrapped ? _end - _head : _tail - _head, used = Used;
        _bytes.AsSpan(_head, older).CopyTo(larger);
        if (_isWrapped) _bytes.AsSpan(0, _tail).CopyTo(larger.AsSpan(older));
        (_bytes, _head, _tail, _isWrapped) = (larger, 0, used, false);
    }
}
