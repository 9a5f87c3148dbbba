using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;

namespace Fathom.Journal.Files;

/// <summary>The engine's side of a recording: copies messages into a block, and hands it over when what comes next has no room.</summary>
internal sealed class MessageStream(BlockRing ring, SegmentFileWriter target) : IMessageSink
{
    private MessageBlock? _block;
    private byte[] _bytes = [];
    private int _at;

    public void Write(ReadOnlySpan<byte> messages)
    {
        if (_bytes.Length - _at < messages.Length) messages = WriteWhatFits(messages);
        messages.CopyTo(_bytes.AsSpan(_at));
        _at += messages.Length;
    }

    /// <summary>Hands over what there is.</summary>
    public void Flush()
    {
        if (_block is { } block)
        {
            (block.Length, block.Target) = (_at, target);
            ring.Hand(block);
        }
        (_block, _bytes, _at) = (null, [], 0);
    }

    /// <summary>Fills block after block with whole messages.</summary>
    /// <returns>The rest, for which the new block has room.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ReadOnlySpan<byte> WriteWhatFits(ReadOnlySpan<byte> messages)
    {
        while (_bytes.Length - _at < messages.Length)
        {
            int fits = WholeLength(messages, _bytes.Length - _at);
            messages[..fits].CopyTo(_bytes.AsSpan(_at));
            _at += fits;
            messages = messages[fits..];
            Flush();
            _block = ring.TakeFree();
            _bytes = _block.Bytes;
        }
        return messages;
    }

    /// <summary>Bytes of whole messages that have room.</summary>
    private static int WholeLength(ReadOnlySpan<byte> messages, int room)
    {
        int at = 0;
        for (int length; at < messages.Length && at + (length = Messages.Header(messages[at..]).Length) <= room;) at += length;
        return at;
    }
}
