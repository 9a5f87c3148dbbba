using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;
using Fathom.Strategies.CSharp;

namespace Fathom.Host.Replays;

/// <summary>A message for a person: each field by its name and value. By reflection, so that no kind of message can be forgotten; for the rare message that somebody looks at.</summary>
public static class MessageFields
{
    private const BindingFlags AnyField = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Kinds whose layout has another name than they have.</summary>
    private static readonly Dictionary<MessageType, Type> Renamed = new()
    {
        [MessageType.InstrumentDefined] = typeof(InstrumentDefinition),
        [MessageType.InstrumentChanged] = typeof(InstrumentDefinition),
        [MessageType.SeriesDefined] = typeof(SeriesDefinition),
        [MessageType.SeriesPoint] = typeof(SeriesObservation),
    };

    /// <summary>The kind of a message in small letters: <c>order_event</c>.</summary>
    public static string TypeOf(ReadOnlySpan<byte> message) => Words.Of(Messages.Header(message).Type);

    /// <summary>All fields in the order of their bytes, <c>message</c> first: the kind. Of a kind that this program does not know there is one more, its <c>bytes</c> in hexadecimal.</summary>
    /// <param name="message">One whole message.</param>
    public static IReadOnlyList<(string Name, string Value)> Of(ReadOnlySpan<byte> message)
    {
        MessageType type = Messages.Header(message).Type;
        Type? layout = Renamed.GetValueOrDefault(type) ?? typeof(MessageHeader).Assembly.GetType($"{typeof(MessageHeader).Namespace}.{type}");
        if (layout is not { IsValueType: true } || message.Length != (int)SizeOf(layout)) return [("message", TypeOf(message)), ("bytes", Convert.ToHexStringLower(message))];
        List<(string, string)> fields = [];
        Add(fields, Read(layout, message));
        return fields;
    }

    private static void Add(List<(string, string)> fields, object part)
    {
        foreach (FieldInfo field in part.GetType().GetFields(AnyField).OrderBy(field => field.MetadataToken))
        {
            object value = field.GetValue(part)!;
            if (value is MessageHeader or OutputHeader) Add(fields, value);
            else if (value is MessageType type) fields.Add(("message", Words.Of(type)));      // an order has a type of its own
            else fields.Add((NameOf(field, part.GetType()), TextOf(value)));
        }
    }

    /// <summary>What is reserved has one name in the header of outputs and behind it.</summary>
    private static string NameOf(FieldInfo field, Type part) =>
        field.IsPublic ? Spelling.Snake(field.Name) : $"{Spelling.Snake(part.Name)}_{Spelling.Snake(field.Name.TrimStart('_'))}";

    /// <summary>A type that says nothing of itself (an inline array) is shown as its bytes.</summary>
    private static string TextOf(object value)
    {
        if (value is IFormattable number) return number.ToString(null, CultureInfo.InvariantCulture);
        Type type = value.GetType();
        bool saysItself = type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType != typeof(ValueType);
        if (saysItself) return value.ToString()!;
        return (string)typeof(MessageFields).GetMethod(nameof(Hexadecimal), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(null, [value])!;
    }

    private static string Hexadecimal<T>(T value) where T : unmanaged => Convert.ToHexStringLower(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in value, 1)));

    private static int SizeOf(Type layout) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(layout).Invoke(null, null)!;

    private static object Read(Type layout, ReadOnlySpan<byte> message) =>
        typeof(MessageFields).GetMethod(nameof(Boxed), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(layout).Invoke(null, [message.ToArray()])!;

    private static object Boxed<T>(byte[] message) where T : unmanaged => MemoryMarshal.Read<T>(message);
}
