using Fathom.Data.Dbn;
using Fathom.Domain.Messages;
using Fathom.Market.Universe;

namespace Fathom.Tests.Data.Dbn;

/// <summary>All messages of a small file, each as its own bytes.</summary>
internal sealed class MessageList
{
    private readonly List<byte[]> _messages = [];

    public InstrumentRegistry Registry { get; private init; } = new();

    public int Count => _messages.Count;

    public string Types => string.Concat(_messages.Select(message => (MessageType)message[0] switch
    {
        MessageType.MarketByOrder => 'o',
        MessageType.InstrumentDefined => 'D',
        MessageType.InstrumentChanged => 'c',
        MessageType.TradingStateChanged => 's',
        _ => '?',
    }));

    public T At<T>(int index) where T : unmanaged => Messages.As<T>(_messages[index]);

    public byte[] ToArray() => _messages.SelectMany(message => message).ToArray();

    public static MessageList Read(DbnBuilder file, DbnReadOptions? options = null, InstrumentRegistry? registry = null, string name = "test.dbn", int room = 4096)
    {
        using TemporaryFile temporary = new(file.ToArray(), name);
        return Read(temporary.Path, options, registry, room);
    }

    public static MessageList Read(string path, DbnReadOptions? options = null, InstrumentRegistry? registry = null, int room = 4096)
    {
        using DbnSource source = DbnFile.Open(path, options, registry);
        MessageList list = new() { Registry = source.Registry };
        byte[] buffer = new byte[room];
        for (int length; (length = source.Read(buffer)) > 0;)
        {
            for (ReadOnlySpan<byte> rest = buffer.AsSpan(0, length); !rest.IsEmpty; rest = rest[Messages.Header(rest).Length..])
                list._messages.Add(rest[..Messages.Header(rest).Length].ToArray());
        }
        return list;
    }
}
