using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Fathom.Host.CSharp;

/// <summary>
/// What compiled code uses by which a run may not repeat: clocks, dice, files, threads, the C library's mathematics. It is the core's own list of banned symbols, without what is banned
/// there for speed alone. Read from the member references of the assembly itself; what it calls may hide more.
/// </summary>
internal static class Unrepeatable
{
    private const string List = "BannedSymbols.Core.txt";

    /// <summary>Repeatable, or of no consequence for a result.</summary>
    private static readonly string[] Harmless =
    [
        "System.Linq.", "System.Console.", "System.Diagnostics.Trace.", "System.GC.", "System.IO.StringWriter.", "System.IO.StringReader.", "System.IO.Path.",
        "System.Environment.get_CurrentManagedThreadId", "System.Environment.get_NewLine",      // the first is in every iterator
    ];

    private static readonly Lazy<Dictionary<string, string>> s_reasons = new(ReadList);

    /// <summary>One line for each member, in ordinal order.</summary>
    public static IReadOnlyList<string> In(byte[] code)
    {
        using PEReader file = new([.. code]);
        MetadataReader metadata = file.GetMetadataReader();
        SortedSet<string> found = new(StringComparer.Ordinal);
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            if (NameOf(metadata, member.Parent) is not { } type) continue;
            string name = metadata.GetString(member.Name), full = $"{type}.{name}";
            if (ReasonOf(type, full) is not { } reason || Harmless.Any(start => full.StartsWith(start, StringComparison.Ordinal)) || IsSeeded(metadata, member, type, name)) continue;
            found.Add($"warning: {Shown(full)}: results may not repeat. {reason}");
        }
        return [.. found];
    }

    /// <summary>By member, by type, by namespace.</summary>
    private static string? ReasonOf(string type, string full)
    {
        Dictionary<string, string> reasons = s_reasons.Value;
        if (reasons.TryGetValue("M:" + full, out string? reason) || reasons.TryGetValue("T:" + type, out reason)) return reason;
        for (int dot = type.LastIndexOf('.'); dot > 0; dot = type.LastIndexOf('.', dot - 1))
            if (reasons.TryGetValue("N:" + type[..dot], out reason)) return reason;
        return null;
    }

    /// <summary>Dice that were given a seed repeat.</summary>
    private static bool IsSeeded(MetadataReader metadata, MemberReference member, string type, string name)
    {
        if (type != "System.Random" || name == "get_Shared") return false;
        BlobReader signature = metadata.GetBlobReader(member.Signature);
        signature.ReadSignatureHeader();
        return name != ".ctor" || signature.ReadCompressedInteger() > 0;
    }

    /// <summary>Namespace and name, those of a nested type's outermost; null for a type of the assembly's own.</summary>
    private static string? NameOf(MetadataReader metadata, EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeSpecification)
        {
            BlobReader signature = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
            const byte GenericInstance = 0x15;
            if (signature.ReadByte() != GenericInstance) return null;
            signature.ReadByte();
            handle = signature.ReadTypeHandle();
        }
        if (handle.Kind != HandleKind.TypeReference) return null;
        TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)handle);
        while (type.ResolutionScope.Kind == HandleKind.TypeReference) type = metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    /// <summary>As it is written in C#: DateTime.UtcNow, new Random.</summary>
    private static string Shown(string full)
    {
        string shown = full.Replace(".get_", ".", StringComparison.Ordinal).Replace(".set_", ".", StringComparison.Ordinal);
        return shown.EndsWith("..ctor", StringComparison.Ordinal) ? "new " + shown[..^"..ctor".Length] : shown;
    }

    /// <summary>Lines "M:System.Guid.NewGuid;why", "P:…", "T:…", "N:…"; a member stands for all its overloads, a property for its getter.</summary>
    private static Dictionary<string, string> ReadList()
    {
        Dictionary<string, string> reasons = new(StringComparer.Ordinal);
        using Stream stream = typeof(Unrepeatable).Assembly.GetManifestResourceStream(List)!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length < 2 || line[1] != ':' || line.IndexOf(';', StringComparison.Ordinal) is var end && end < 0) continue;
            string name = line[2..end].Split('(')[0].Replace("#ctor", ".ctor", StringComparison.Ordinal);
            if (line[0] == 'P') name = name.Insert(name.LastIndexOf('.') + 1, "get_");
            reasons.TryAdd($"{(line[0] == 'P' ? 'M' : line[0])}:{name}", line[(end + 1)..]);
        }
        return reasons;
    }
}
