using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Fathom.Domain.Hashing;
using Fathom.Domain.Messages;

namespace Fathom.Engine.Loop;

/// <summary>
/// What makes two runs the same run. Three hashes, XXH3-128 each: (a) the bytes of the input messages in the order consumed, a market-by-order message's
/// slot hint as zero; (b) the canonical configuration; (c) the bytes of every command, order event and fill as published and of every venue report
/// as consumed, in the order in which they happened. The fingerprint is XXH3-128 over the three, (a) first, each as 16 bytes, most significant first.
/// </summary>
public sealed class Fingerprint
{
    private const int HashLength = 16;

    private readonly Xxh3 _inputs = new();
    private readonly Xxh3 _outputs = new();
    private readonly Hash128 _configuration;

    /// <param name="configuration">The canonical effective configuration.</param>
    public Fingerprint(ReadOnlySpan<byte> configuration) => _configuration = Xxh3.Hash128(configuration);

    /// <summary>Names the journal of this run, and so every order: the first 64 bits of the configuration's hash.</summary>
    public ulong JournalId => _configuration.High;

    /// <summary>The fingerprint of everything so far; more may follow.</summary>
    public Hash128 Value
    {
        get
        {
            Span<byte> parts = stackalloc byte[3 * HashLength];
            Write(_inputs.Finish(), parts);
            Write(_configuration, parts[HashLength..]);
            Write(_outputs.Finish(), parts[(2 * HashLength)..]);
            return Xxh3.Hash128(parts);
        }
    }

    /// <summary>32 hexadecimal digits of <see cref="Value"/>.</summary>
    public override string ToString() => Value.ToString();

    internal void AddInput(ReadOnlySpan<byte> message)
    {
        if (Messages.Header(message).Type == MessageType.MarketByOrder && Messages.As<MarketByOrder>(message).SlotHint != 0) AddWithoutHint(message);
        else _inputs.Append(message);
    }

    /// <summary>Many whole market-by-order messages, back to back.</summary>
    /// <param name="hasHints">Some slot hint is not zero.</param>
    internal void AddInputs(ReadOnlySpan<byte> messages, bool hasHints)
    {
        if (!hasHints)
        {
            _inputs.Append(messages);
            return;
        }
        for (; !messages.IsEmpty; messages = messages[Unsafe.SizeOf<MarketByOrder>()..]) AddInput(messages[..Unsafe.SizeOf<MarketByOrder>()]);
    }

    internal void AddOutput(ReadOnlySpan<byte> message) => _outputs.Append(message);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddWithoutHint(ReadOnlySpan<byte> message)
    {
        MarketByOrder copy = Messages.As<MarketByOrder>(message);
        copy.SlotHint = 0;
        _inputs.Append(Messages.AsBytes(in copy));
    }

    private static void Write(Hash128 hash, Span<byte> to)
    {
        BinaryPrimitives.WriteUInt64BigEndian(to, hash.High);
        BinaryPrimitives.WriteUInt64BigEndian(to[8..], hash.Low);
    }
}
