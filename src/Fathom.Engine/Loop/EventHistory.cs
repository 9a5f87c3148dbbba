using System.Runtime.CompilerServices;
using Fathom.Domain;
using Fathom.Domain.Messages;

namespace Fathom.Engine.Loop;

/// <summary>The newest published events, and the newest of each type: rings of fixed size, so that memory stays bounded and nothing is allocated. Each type has a ring; what was published over all types is
/// found through a ring of their places, because the newest of all are among the newest of their type. What strategies write is rare and large: its rings are made when the first comes.</summary>
public sealed class EventHistory
{
    /// <summary>Events remembered, of all types together and of each type.</summary>
    public const int EventsMax = 1024;

    private const int TradingSlot = 256;
    private const int FirstType = (int)MessageType.OrderCommand;
    private const int TradingTypes = (int)MessageType.EquityEvent - FirstType + 1;
    private const int Types = (int)MessageType.KillEvent - FirstType + 1;

    private readonly (int Type, long Number)[] _all = new (int, long)[EventsMax];
    private readonly byte[]?[] _byType = new byte[]?[Types];
    private readonly long[] _countByType = new long[Types];

    internal EventHistory()
    {
        for (int type = 0; type < TradingTypes; type++) _byType[type] = new byte[EventsMax * TradingSlot];
    }

    /// <summary>Events published so far.</summary>
    public long Count { get; private set; }

    /// <summary>Events of a type published so far; 0 for a type that is never published.</summary>
    public long CountOf(MessageType type) => IsPublished(type) ? _countByType[(int)type - FirstType] : 0;

    /// <summary>The event <paramref name="back"/> before the newest one (0 = the newest itself).</summary>
    /// <param name="message">Its bytes, valid until the next input; its header says what it is.</param>
    /// <returns>False when there is none (any more).</returns>
    public bool TryLast(int back, out ReadOnlySpan<byte> message)
    {
        bool isThere = (uint)back < Math.Min(Count, EventsMax);
        message = default;
        if (!isThere) return false;
        (int type, long number) = _all[(int)((Count - 1 - back) & (EventsMax - 1))];
        message = At(_byType[type]!, number);
        return true;
    }

    /// <summary>The event of a type <paramref name="back"/> before the newest one of that type (0 = the newest itself).</summary>
    /// <returns>False when there is none (any more).</returns>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is not that type's message.</exception>
    public bool TryLast<T>(MessageType type, int back, out T message) where T : unmanaged
    {
        message = default;
        if ((uint)back >= Math.Min(CountOf(type), EventsMax)) return false;
        ReadOnlySpan<byte> found = At(_byType[(int)type - FirstType]!, CountOf(type) - 1 - back);
        if (found.Length != Unsafe.SizeOf<T>()) throw new ArgumentException($"A message of type {type} is not a {typeof(T).Name}.", nameof(type));
        message = Messages.As<T>(found);
        return true;
    }

    internal void Add(ReadOnlySpan<byte> message)
    {
        int type = (int)Messages.Header(message).Type - FirstType;
        byte[] ring = _byType[type] ?? Make(type, message.Length);
        Invariant.Require(message.Length <= SlotOf(ring), "a published event fits a slot of the history");
        long number = _countByType[type]++;
        message.CopyTo(ring.AsSpan(Place(ring, number)));
        _all[(int)(Count++ & (EventsMax - 1))] = (type, number);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private byte[] Make(int type, int length) => _byType[type] = new byte[EventsMax * length];

    private static bool IsPublished(MessageType type) => (uint)((int)type - FirstType) < Types;

    private static int SlotOf(byte[] ring) => ring.Length / EventsMax;

    private static int Place(byte[] ring, long number) => (int)(number & (EventsMax - 1)) * SlotOf(ring);

    private static ReadOnlySpan<byte> At(byte[] ring, long number)
    {
        ReadOnlySpan<byte> slot = ring.AsSpan(Place(ring, number), SlotOf(ring));
        return slot[..Messages.Header(slot).Length];
    }
}
