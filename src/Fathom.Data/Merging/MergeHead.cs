using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Data.Merging;

/// <summary>A source of a merge, a block of it, and when its next message takes effect: exactly once that was reached, not later than so before.</summary>
internal sealed class MergeHead : IDisposable
{
    private readonly MergeInput _input;
    private readonly int _number, _count;
    private IMessageSource? _source;
    private long[] _block = [];
    private int _at, _end, _length;
    private bool _isClosed;

    /// <param name="number">Of the source, from 0.</param>
    /// <param name="count">Sources in all.</param>
    public MergeHead(MergeInput input, int number, int count)
    {
        (_input, _number, _count) = (input, number, count);
        (Time, Rank) = (input.First, number);
    }

    /// <summary>When the next message takes effect: a source keeps its own order, so that a message which states an earlier time than one before it, or none, has that one's time.</summary>
    public Timestamp Time { get; private set; }

    /// <summary>Decides at equal time: what begins (<see cref="BarOpened"/>) comes last, else the sources are in their order.</summary>
    public int Rank { get; private set; }

    /// <summary>The next message is in the block, and its time is known.</summary>
    public bool IsReached => _length > 0;

    /// <summary>Messages that were handed on.</summary>
    public long MessageCount { get; private set; }

    private Span<byte> Block => MemoryMarshal.AsBytes(_block.AsSpan());

    /// <summary>Makes sure that the next message and its time are known; at the end the source is closed, and the answer is false.</summary>
    public bool TryReach()
    {
        if (_length > 0) return true;
        if (_isClosed) return false;
        if (_at == _end && !TryReadBlock())
        {
            Dispose();
            return false;
        }
        Reach();
        return true;
    }

    /// <summary>Copies the next message, which was reached, and those behind it in the block that come before another source's next, as far as there is room.</summary>
    /// <returns>Bytes; 0 when there is no room.</returns>
    public int CopyUpTo(Timestamp limit, int limitRank, Span<byte> to)
    {
        int from = _at;
        while (_at - from + _length <= to.Length)
        {
            MessageCount++;
            _at += _length;
            _length = 0;
            if (_at == _end) break;
            Reach();
            if (Time > limit || (Time == limit && Rank > limitRank)) break;
        }
        Block[from.._at].CopyTo(to);
        return _at - from;
    }

    public void Dispose()
    {
        _isClosed = true;
        if (_source is null) return;
        _source.Dispose();
        _input.Close?.Invoke(_source);
        (_source, _block) = (null, []);
    }

    private bool TryReadBlock()
    {
        if (_source is null)
        {
            _block = new long[_input.BlockBytes / 8];
            _source = _input.Open();
        }
        (_at, _end) = (0, _source.Read(Block));
        return _end > 0;
    }

    private void Reach()
    {
        ref readonly MessageHeader header = ref Messages.Header(Block[_at.._end]);
        _length = header.Length;
        Invariant.Require(_length >= Unsafe.SizeOf<MessageHeader>() && _length <= _end - _at, "a source yields whole messages");
        if (!header.ReceiveTime.IsNone && header.ReceiveTime + _input.Latency is var time && time > Time) (Time, Rank) = (time, _number);
        if (header.Type == MessageType.BarOpened) Rank = _number + _count;
    }
}
